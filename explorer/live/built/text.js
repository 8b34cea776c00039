// Built by: make scripts
function n({data:e,parentElement:t}){t.querySelector(".live-text").innerHTML=e.html,document.dispatchEvent(new Event("live-text"))}export{n as default};
