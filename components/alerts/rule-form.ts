import type {InstrumentSettings} from "../../services/domain/settings.js";
import {textOf} from "../../services/domain/text-of.js";
import {html} from "../parts/html.js";
import {type AlertRule, type ParsedRule, parseRule, signalTimeframes} from "./alert-rule.js";

/**
 * A form that makes a rule: what it watches, of which instrument, and from when on. What makes no rule is said in place.
 *
 * @param onAdd takes the rule; what it throws is said in place as well
 */
export function ruleForm(instruments: readonly InstrumentSettings[], onAdd: (rule: AlertRule) => void): HTMLElement {
  const ids = instruments.map(({id}) => id);
  const select = (label: string, options: readonly (readonly [value: string, text: string])[]) => {
    const control = html`<select>${options.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select>`;
    return {
      control: control as HTMLSelectElement,
      element: html`<label class="field"><span>${label}</span>${control}</label>`
    };
  };
  const text = (label: string, value: string) => {
    const control = html`<input type="text" inputmode="decimal" value=${value} size="10" />` as HTMLInputElement;
    return {control, element: html`<label class="field"><span>${label}</span>${control}</label>`};
  };
  const kind = select("Watch", [
    ["price", "price"],
    ["change", "change"],
    ["signal", "trend start"],
    ["stale", "silence"]
  ]);
  const instrument = select(
    "Instrument",
    ids.map((id) => [id, id])
  );
  const side = select("Side", [
    ["above", "at or above"],
    ["below", "at or below"]
  ]);
  const level = text("Price", "");
  const size = text("Change, %", "0.5");
  const since = select("Since", [
    ["close", "the close before the session"],
    ["5m", "5 min before"],
    ["15m", "15 min before"],
    ["60m", "1 h before"]
  ]);
  const timeframe = select(
    "Bars",
    signalTimeframes.map((value) => [value, value])
  );
  const way = select("Direction", [
    ["any", "up or down"],
    ["up", "▲ up"],
    ["down", "▼ down"]
  ]);
  const seconds = text("Seconds without a price", "60");
  const fault = html`<p class="form-fault" role="alert"></p>`;
  const byKind: Readonly<
    Record<string, readonly {element: HTMLElement; control: HTMLInputElement | HTMLSelectElement}[]>
  > = {
    price: [side, level],
    change: [side, size, since],
    signal: [timeframe, way],
    stale: [seconds]
  };
  const words = (): string[] => {
    const [first = "", second = "", third = ""] = (byKind[kind.control.value] ?? []).map(({control}) =>
      control.value.trim()
    );
    if (kind.control.value === "change") return [first, `${second}%`, third];
    if (kind.control.value === "stale") return [`${first}s`];
    return [first, second];
  };
  const fields = html`<span class="form-fields"></span>`;
  const show = () => fields.replaceChildren(...(byKind[kind.control.value] ?? []).map(({element}) => element));
  kind.control.addEventListener("change", show);
  show();
  const form = html`<form class="rule-form" aria-label="New alert">
    ${kind.element}${instrument.element}${fields}<button class="button" type="submit">Add</button>${fault}
  </form>`;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const parsed: ParsedRule = parseRule([kind.control.value, instrument.control.value, ...words()].join(" "), ids);
    fault.textContent = "fault" in parsed ? parsed.fault : faultOf(() => onAdd(parsed.rule));
  });
  return form;
}

function faultOf(act: () => void): string {
  try {
    act();
    return "";
  } catch (error) {
    return textOf(error);
  }
}
