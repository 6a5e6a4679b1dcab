import {
  choiceFault,
  choiceLabel,
  formatIndicators,
  type IndicatorChoice,
  mostIndicators,
  parseIndicators,
  usualChoice
} from "../charts/market/indicator-choice.js";
import {type IndicatorName, indicatorKind, indicatorKinds} from "../charts/market/indicator-kinds.js";
import {html} from "../parts/html.js";
import type {Field} from "./field.js";

/** Indicators chosen and ordered by the reader, with their numbers. */
export interface IndicatorsOptions {
  readonly label: string;
  readonly value?: readonly IndicatorChoice[];
}

/** A list that grows by a menu; each entry has its numbers, a way up and a way out. Its text is as `sma:20,rsi:14`. */
export function indicatorsField({label, value = []}: IndicatorsOptions): Field<readonly IndicatorChoice[]> {
  let chosen: readonly IndicatorChoice[] = value;
  const list = html`<span class="indicator-list"></span>`;
  const menu =
    html`<select aria-label=${`Add to ${label.toLowerCase()}`}><option value="">Add …</option>${Object.entries(
      indicatorKinds
    ).map(([name, {label}]) => html`<option value=${name}>${label}</option>`)}</select>` as HTMLSelectElement;
  const element = html`<fieldset class="field"><legend>${label}</legend><div class="indicators">${list}${menu}</div></fieldset>`;

  function show(next: readonly IndicatorChoice[]): void {
    chosen = next;
    list.replaceChildren(...chosen.map((choice, i) => entry(choice, i)));
    menu.disabled = chosen.length >= mostIndicators;
    menu.value = "";
  }

  /** A choice was made: shown here, and told to the form. */
  function choose(next: readonly IndicatorChoice[]): void {
    show(next);
    element.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function entry(choice: IndicatorChoice, i: number): HTMLElement {
    const named = choiceLabel(choice);
    const {label: kind, parameters} = indicatorKind(choice.name);
    const numbers = parameters.map(({label, isFactor = false}, k) =>
      numberInput(`${kind} ${label}`, choice.parameters[k]!, isFactor, (number) => {
        const next = {...choice, parameters: choice.parameters.with(k, number)};
        const fault = choiceFault(next);
        if (fault === undefined) choose(chosen.with(i, next));
        return fault;
      })
    );
    const up = button("↑", `Move ${named} up`, () => choose(moved(chosen, i)));
    (up as HTMLButtonElement).disabled = i === 0;
    return html`<span class="indicator">${kind}${numbers}${up}${button("×", `Remove ${named}`, () =>
      choose(chosen.filter((_, other) => other !== i))
    )}</span>`;
  }

  menu.addEventListener("input", (event) => {
    event.stopPropagation();
    if (menu.value !== "") choose([...chosen, usualChoice(menu.value as IndicatorName)]);
  });
  show(value);
  return {
    element,
    get value() {
      return chosen;
    },
    set value(next) {
      show(next);
    },
    toText: () => (formatIndicators(chosen) === formatIndicators(value) ? undefined : formatIndicators(chosen)),
    fromText(text) {
      const {choices, faults} = text === null ? {choices: value, faults: []} : parseIndicators(text);
      show(choices);
      return faults.length === 0 ? undefined : `${label}: ${faults.join("; ")}`;
    }
  };
}

function moved(chosen: readonly IndicatorChoice[], i: number): IndicatorChoice[] {
  return [...chosen.slice(0, i - 1), chosen[i]!, chosen[i - 1]!, ...chosen.slice(i + 1)];
}

/** A number that counts when it is left or entered, not with each key; one that makes no sense is named and kept out. */
function numberInput(label: string, value: number, isFactor: boolean, take: (number: number) => string | undefined) {
  const input =
    html`<input type="number" aria-label=${label} value=${value} min=${isFactor ? 0.1 : 1} step=${isFactor ? "any" : 1} />` as HTMLInputElement;
  input.addEventListener("input", (event) => event.stopPropagation());
  input.addEventListener("change", () => {
    input.setCustomValidity(take(input.valueAsNumber) ?? "");
    input.reportValidity();
  });
  return input;
}

function button(text: string, label: string, act: () => void): HTMLElement {
  const made = html`<button class="button button-quiet" type="button" aria-label=${label} title=${label}>${text}</button>`;
  made.addEventListener("click", act);
  return made;
}
