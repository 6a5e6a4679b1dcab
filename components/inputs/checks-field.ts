import {html} from "../parts/html.js";
import type {Field} from "./field.js";

/** Any of several values. */
export interface ChecksOptions<T extends string> {
  readonly label: string;
  readonly options: readonly {readonly value: T; readonly label: string}[];
  /** What is chosen by default; nothing unless told. */
  readonly value?: readonly T[];
}

/** A group of check boxes; its value lists the chosen in the order of the options, its text joins them by commas. */
export function checksField<T extends string>({label, options, value = []}: ChecksOptions<T>): Field<readonly T[]> {
  const boxes = options.map((option) => html`<input type="checkbox" value=${option.value} />` as HTMLInputElement);
  const chosen = () => boxes.filter(({checked}) => checked).map((box) => box.value as T);
  const choose = (values: readonly string[]) => {
    for (const box of boxes) box.checked = values.includes(box.value);
  };
  choose(value);
  const initial = chosen().join(",");
  return {
    element: html`<fieldset class="field"><legend>${label}</legend>
      <div class="checks">${options.map((option, i) => html`<label>${boxes[i]}${option.label}</label>`)}</div></fieldset>`,
    get value() {
      return chosen();
    },
    set value(next) {
      choose(next);
    },
    toText: () => (chosen().join(",") === initial ? undefined : chosen().join(",")),
    fromText(text) {
      const asked = text === null ? value : text.split(",").filter((name) => name !== "");
      choose(asked);
      const known = boxes.map((box) => box.value);
      const unknown = asked.filter((name) => !known.includes(name));
      if (unknown.length === 0) return undefined;
      return `${label}: no such choice: ${unknown.join(", ")}; there are ${known.join(", ")}`;
    }
  };
}
