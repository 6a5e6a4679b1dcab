import {formatDate, parseDate, type SessionDate} from "../../services/domain/time.js";
import {html} from "../parts/html.js";
import type {Field} from "./field.js";

/** A day, or none. */
export interface DateOptions {
  readonly label: string;
  /** Days beyond which there is nothing to choose. */
  readonly min?: SessionDate | undefined;
  readonly max?: SessionDate | undefined;
}

/**
 * A day of the calendar; its value is `undefined` where none is chosen. A year that is still being typed comes from a
 * browser as 0002, 0020, 0202: none of these is a choice, and none a step of the history.
 */
export function dateField({label, min, max}: DateOptions): Field<SessionDate | undefined> {
  const control = html`<input type="date" min=${min} max=${max} />` as HTMLInputElement;
  const element = html`<label class="field" data-empty><span>${label}</span>${control}</label>`; // an empty one is not printed
  const chosen = () => (isDate(control.value) ? control.value : undefined);
  const mark = () => element.toggleAttribute("data-empty", chosen() === undefined);
  const set = (date: string) => {
    control.value = date;
    mark();
  };
  control.addEventListener("input", mark); // and no more: a date half typed is left alone
  return {
    element,
    get value() {
      return chosen();
    },
    set value(next) {
      set(next ?? "");
    },
    toText: chosen,
    fromText(text) {
      set(text !== null && isDate(text) ? text : "");
      return text === null || isDate(text) ? undefined : `${label}: not a date as 2024-01-31: ${text}`;
    }
  };
}

function isDate(text: string): boolean {
  if (text.startsWith("0")) return false;
  try {
    return formatDate(parseDate(text)) === text;
  } catch {
    return false;
  }
}
