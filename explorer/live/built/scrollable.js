// Built by: make scripts
var s=new WeakSet;function n(t){for(let e of t.querySelectorAll(".katex-display"))e.tabIndex=0}function o({parentElement:t}){let e=t.closest("[class*=st-key-]").parentElement.closest("[class*=st-key-]");s.has(e)||(s.add(e),new MutationObserver(()=>n(e)).observe(e,{childList:!0,subtree:!0}),n(e))}export{o as default};
