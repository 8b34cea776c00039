// Built by: make scripts
function u({data:e,setTriggerValue:t}){requestAnimationFrame(()=>setTimeout(()=>t("turn",e.turn),e.pause))}export{u as default};
