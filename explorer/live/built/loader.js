// Built by: make scripts
async function a(e){try{return await(await import(new URL(e.data.script,document.baseURI).href)).default(e)}catch(t){console.info("The live preview is off; the chart follows when a slider is let go.",t),e.parentElement.querySelector(".live-plot").style.minHeight="0",e.setStateValue("plain",!0)}}export{a as default};
