// Built by: make scripts
function o(t,e){let n=t.querySelector(e);if(!n)throw new Error(`There is no ${e}.`);return n}function u({data:t,parentElement:e}){o(e,".live-text").innerHTML=t.html,document.dispatchEvent(new Event("live-text"))}export{u as default};
