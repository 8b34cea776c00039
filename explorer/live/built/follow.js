// Built by: make scripts
var o=new URL(import.meta.url).searchParams.get("v"),n=500;async function e(){await fetch("version",{cache:"no-store"}).then(t=>t.text(),()=>o)!==o&&location.reload()}setInterval(e,n);
