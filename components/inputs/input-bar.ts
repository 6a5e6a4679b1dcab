import {html} from "../parts/html.js";
import {addressQuery} from "./address-query.js";
import type {Field} from "./field.js";
import {linkFaults} from "./link-faults.js";

type Values<Fields> = {readonly [K in keyof Fields]: Fields[K] extends Field<infer T> ? T : never};

/** A bar of inputs; `value` holds them by name, as Framework's `view` wants it. */
export type InputBar<Fields> = HTMLFormElement & {readonly value: Values<Fields>};

/**
 * One quiet bar of inputs that sticks to the top. Each field's name is its key in the page's query; defaults are left
 * out of it. A value that makes no sense is named in the bar and its default stands. A change is one step of the
 * browser's history, a drag of a slider as well, and going back takes it back. A button that appears once something is
 * not at its default puts all of them back; so does any `<button type="reset" form="page-inputs">` of the page.
 *
 * `const {timeframe} = view(inputBar({timeframe: selectField({…})}))`
 */
export function inputBar<Fields extends Record<string, Field<unknown>>>(fields: Fields, query = addressQuery) {
  const entries = Object.entries(fields);
  const faults = html`<div class="link-faults"></div>`;
  const reset = html`<button class="button input-reset" type="reset">Reset</button>` as HTMLButtonElement;
  const form = html`<form class="input-bar" id="page-inputs" aria-label="Inputs">${entries.map(([, {element}]) => element)}${reset}${faults}</form>`;
  const offerReset = () => (reset.hidden = entries.every(([, field]) => field.toText() === undefined));
  const take = () => {
    const given = query.read();
    faults.replaceChildren(...linkFaults(entries.flatMap(([name, field]) => field.fromText(given.get(name)) ?? [])));
    offerReset();
  };
  take();
  let isDragged = false;
  let isTaken = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const [, field] of entries) field.fromText(null);
    form.dispatchEvent(new Event("input", {bubbles: true}));
  });
  form.addEventListener("change", () => (isDragged = false));
  form.addEventListener("input", ({target}) => {
    if (isTaken) return;
    faults.replaceChildren();
    offerReset();
    query.write(merged(query.read(), entries), isDragged ? "amend" : "step");
    isDragged = target instanceof HTMLInputElement && target.type === "range";
  });
  query.listen?.(() => {
    if (!form.isConnected) return;
    take();
    isTaken = true;
    form.dispatchEvent(new Event("input", {bubbles: true}));
    isTaken = false;
  }, form);
  const value = () => Object.fromEntries(entries.map(([name, field]) => [name, field.value]));
  return Object.defineProperty(form, "value", {get: value}) as unknown as InputBar<Fields>;
}

function merged(query: URLSearchParams, entries: readonly [string, Field<unknown>][]): URLSearchParams {
  for (const [name, field] of entries) {
    const text = field.toText();
    if (text === undefined) query.delete(name);
    else query.set(name, text);
  }
  return query;
}
