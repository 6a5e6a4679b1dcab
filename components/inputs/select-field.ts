import {html} from "../parts/html.js";
import type {Field} from "./field.js";

/** One of several values. */
export interface SelectOptions<T extends string> {
  readonly label: string;
  readonly options: readonly {readonly value: T; readonly label: string}[];
  /** The default; the first option unless told. */
  readonly value?: T;
}

/** Options to choose from; where there are none, one that says so and stands for nothing. */
export function choices<T extends string>(
  options: readonly {readonly value: T; readonly label: string}[],
  whenNone: string
): readonly {readonly value: T | ""; readonly label: string}[] {
  return options.length > 0 ? options : [{value: "", label: whenNone}];
}

/** @throws {RangeError} if there is no option, or the default is none of them */
export function selectField<T extends string>({label, options, value = options[0]?.value}: SelectOptions<T>): Field<T> {
  const isOption = (text: string | null | undefined): text is T => options.some((option) => option.value === text);
  if (!isOption(value)) throw new RangeError(`invalid option of ${label}: ${value}`);
  const control = html`<select>${options.map((option) => html`<option value=${option.value}>${option.label}</option>`)}</select>`;
  return fieldOf(control as HTMLSelectElement, label, value, isOption);
}

function fieldOf<T extends string>(
  control: HTMLSelectElement,
  label: string,
  initial: T,
  isOption: (text: string | null) => text is T
): Field<T> {
  control.value = initial;
  return {
    element: html`<label class="field"><span>${label}</span>${control}</label>`,
    get value() {
      return control.value as T;
    },
    set value(next) {
      control.value = next;
    },
    toText: () => (control.value === initial ? undefined : control.value),
    fromText(text) {
      control.value = isOption(text) ? text : initial;
      if (text === null || isOption(text)) return undefined;
      const choices = [...control.options].map((option) => option.value || "nothing").join(", ");
      return `${label}: no such choice: ${text}; shown is ${initial || "nothing"}, there are ${choices}`;
    }
  };
}
