import {type EpochMs, formatIso} from "../../services/domain/time.js";
import {html} from "./html.js";

/** A figure as shown, with the number itself for machines: `<data value="1665.38">1 665.38</data>`. */
export function figure(value: number | string | undefined, text: string): HTMLElement {
  if (value === undefined) return plain(text);
  const data = document.createElement("data"); // no template: a table has hundreds of them
  data.value = String(value);
  data.append(text);
  return data;
}

/** A moment as shown, with the moment itself for machines. */
export function moment(time: EpochMs | undefined | null, text: string): HTMLElement {
  if (time === undefined || time === null) return plain(text);
  const element = document.createElement("time");
  element.dateTime = formatIso(time);
  element.append(text);
  return element;
}

function plain(text: string): HTMLElement {
  return html`<span class="figure">${text}</span>`;
}
