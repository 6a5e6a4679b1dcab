import type {InstrumentSettings} from "../../services/domain/settings.js";
import {type EpochMs, formatIso} from "../../services/domain/time.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {type Column, dataTable} from "../parts/data-table.js";
import {downloadButton} from "../parts/download-button.js";
import {moment} from "../parts/figure.js";
import {html} from "../parts/html.js";
import {emptyState} from "../parts/states.js";
import {formatRule, parseRule} from "./alert-rule.js";
import type {AlertStore, Firing, KeptRule} from "./alert-store.js";
import {describeEvidence, describeRule} from "./rule-words.js";

/** What alerts are shown with. */
export interface AlertListOptions {
  readonly instruments: readonly InstrumentSettings[];
  readonly format: Formats;
  /** The clock by which a rule is armed. */
  readonly now: () => EpochMs;
}

/** The rules that are kept, each armed or fired, with what to do about it. */
export function ruleList(store: AlertStore, {instruments, format, now}: AlertListOptions): HTMLElement {
  const button = (text: string, label: string, act: () => void) => {
    const made = html`<button class="button button-quiet" type="button" aria-label=${label}>${text}</button>`;
    made.addEventListener("click", act);
    return made;
  };
  const line = ({id, rule, armedTime, firedTime}: KeptRule) => {
    const words = describeRule(rule, instruments, format);
    const state = firedTime === undefined ? (["Armed", armedTime] as const) : (["Fired", firedTime] as const);
    return html`<tr data-rule=${id}>
      <th scope="row" class="wrap">${words}</th>
      <td><span class=${`mark mark-${firedTime === undefined ? "live" : "fired"}`}>${state[0]}</span></td>
      <td>${moment(state[1], format.zoned(state[1], "second"))}</td>
      <td>${firedTime === undefined ? null : button("Arm again", `Arm again: ${words}`, () => store.arm(id, now()))}${button("Remove", `Remove: ${words}`, () => store.remove(id))}</td>
    </tr>`;
  };
  if (store.rules.length === 0) return emptyState("No alerts.", "Add one above; it is kept in this browser alone.");
  return html`<div class="table-frame"><div class="table-scroll" tabindex="0" role="region" aria-label="Alerts">
    <table class="data-table alert-rules">
      <thead><tr><th>Alert</th><th>State</th><th>Since</th><th></th></tr></thead>
      <tbody>${store.rules.map(line)}</tbody>
    </table>
  </div><p class="table-foot"><span>${counted(store.rules.length, "alert")}</span> ${downloadButton(() => store.rules, ruleColumns, "Alerts")}</p></div>`;
}

const isoTime = (time: EpochMs | undefined) => (time === undefined ? undefined : new Date(time).toISOString());

const ruleColumns: readonly Column<KeptRule>[] = [
  {label: "Alert", value: ({rule}) => formatRule(rule)},
  {label: "State", value: ({firedTime}) => (firedTime === undefined ? "armed" : "fired")},
  {label: "Armed", unit: "UTC", value: ({armedTime}) => isoTime(armedTime)},
  {label: "Fired", unit: "UTC", value: ({firedTime}) => isoTime(firedTime)}
];

/** What fired, the latest first: when it was noticed, by which rule, and on what. */
export function firingTable(
  log: readonly Firing[],
  {instruments, format}: Pick<AlertListOptions, "instruments" | "format">
) {
  const words = ({rule}: Firing) => {
    const parsed = parseRule(
      rule,
      instruments.map(({id}) => id)
    );
    return "fault" in parsed ? rule : describeRule(parsed.rule, instruments, format);
  };
  const tickSize = ({rule}: Firing) => instruments.find(({id}) => rule.includes(` ${id} `))?.tickSize ?? 0.01;
  return dataTable(
    log,
    [
      {
        label: "Noticed",
        unit: format.zone,
        value: ({firedTime}: Firing) => formatIso(firedTime),
        node: ({firedTime}: Firing) => moment(firedTime, format.moment(firedTime, "second"))
      },
      {label: "Alert", kind: "wrap", value: words},
      {
        label: "Evidence",
        kind: "wrap",
        value: (firing: Firing) => describeEvidence(firing.evidence, tickSize(firing), format)
      }
    ],
    {caption: "Fired alerts", emptyStep: "What fires is noted here with what it fired on."}
  );
}
