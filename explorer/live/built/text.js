// Built by: make scripts
function r(e,t){let n=e.querySelector(t);if(!n)throw new Error(`There is no ${t}.`);return n}function f({data:e,parentElement:t}){r(t,".live-text").innerHTML=e.html,document.dispatchEvent(new Event("live-text"))}export{f as default};
