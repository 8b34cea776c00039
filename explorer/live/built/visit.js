// Built by: make scripts
function n({data:t,parentElement:a}){let e=a.querySelector(".live-visit");e.dataset.done||(e.dataset.done="true",history.pushState({},"",location.pathname+(t.query&&`?${t.query}`)),dispatchEvent(new PopStateEvent("popstate",{state:{}})))}export{n as default};
