import {html} from "../parts/html.js";
import {setText} from "../parts/set-text.js";
import type {Field} from "./field.js";

/** A number on a slider, both ends included. */
export interface RangeOptions {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number; // 1
  /** The default; the upper end unless told. */
  readonly value?: number;
  /** How the chosen value reads beside the slider. */
  readonly format?: (value: number) => string;
}

/** @throws {RangeError} if the ends are out of order or the default lies outside them */
export function rangeField({label, min, max, step = 1, value = max, format = String}: RangeOptions): Field<number> {
  if (!(min <= value && value <= max)) throw new RangeError(`invalid range of ${label}: ${value} in ${min} to ${max}`);
  const slider = html`<input type="range" min=${min} max=${max} step=${step} value=${value} />` as HTMLInputElement;
  const reading = html`<output class="figure">${format(value)}</output>`;
  const set = (next: number) => {
    slider.valueAsNumber = next;
    setText(reading, format(slider.valueAsNumber));
  };
  slider.addEventListener("input", () => set(slider.valueAsNumber));
  return {
    element: html`<label class="field"><span>${label}</span><span class="ranged">${slider}${reading}</span></label>`,
    get value() {
      return slider.valueAsNumber;
    },
    set value(next) {
      set(next);
    },
    toText: () => (slider.valueAsNumber === value ? undefined : String(slider.valueAsNumber)),
    fromText(text) {
      const next = Number(text);
      const isValid = text !== null && text !== "" && next >= min && next <= max;
      set(isValid ? next : value);
      return text === null || isValid ? undefined : `${label}: not a number from ${min} to ${max}: ${text}`;
    }
  };
}
