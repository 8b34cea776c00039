// Loads the live chart. Should that fail, Python is told and draws the same figure with Streamlit's own chart.
import { find } from "./parts/dom.js";

/** @param {Component<{ script: string }>} component */
export default async function (component) {
  try {
    const live = await import(new URL(component.data.script, document.baseURI).href);
    return await live.default(component);
  } catch (error) {
    console.info("The live preview is off; the chart follows when a slider is let go.", error);
    find(component.parentElement, ".live-plot").style.minHeight = "0"; // nothing comes here
    component.setStateValue("plain", true);
  }
}
