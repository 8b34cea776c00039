// Built by: make scripts
var s=new WeakSet;function o(t){let e=t.querySelectorAll(".katex-display");for(let n of e)n.tabIndex=0}function r({parentElement:t}){let e=t.closest("[class*=st-key-]")?.parentElement?.closest("[class*=st-key-]");!e||s.has(e)||(s.add(e),new MutationObserver(()=>o(e)).observe(e,{childList:!0,subtree:!0}),o(e))}export{r as default};
