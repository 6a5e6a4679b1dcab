import type {PolicyObservation} from "../../services/analytics/risk/policy-observation.js";
import type {LimitUse, PolicyUse} from "../../services/analytics/risk/policy-use.js";
import {formatIso} from "../../services/domain/time.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";
import {html} from "../parts/html.js";
import {findingSection} from "./finding-section.js";
import {allowedText, limitNames, limitText, policySentence} from "./policy-words.js";

/** How limits are written, and the evidence under them. */
export interface PolicySectionOptions {
  readonly format: Formats;
  readonly source: Node; // from `evidenceLine`
}

/** An account against its own policy: how it kept to it, each limit's use, and every time one was passed. */
export function policySection(use: PolicyUse, {format, source}: PolicySectionOptions): HTMLElement {
  const tables = html`<div>${limitTable(use, format)}${violationTable(use, format)}</div>`;
  return findingSection(policySentence(use, format), tables, source);
}

function limitTable({limits, lastDay}: PolicyUse, format: Formats): HTMLElement {
  const found = (use: LimitUse, of?: PolicyObservation) => limitText(use.limit, of?.found, format);
  return dataTable(
    limits,
    [
      {label: "Limit", value: ({limit}: LimitUse) => limitNames[limit]},
      {
        label: "Allowed",
        kind: "number",
        value: ({allowed}: LimitUse) => allowed,
        text: (use: LimitUse) => allowedText(use, format)
      },
      {
        label: "Last day",
        ...(lastDay !== undefined && {unit: formatSessionDate(lastDay, format)}),
        kind: "number",
        value: (use: LimitUse) => use.lastDay?.found,
        text: (use: LimitUse) => found(use, use.lastDay)
      },
      {
        label: "Furthest",
        kind: "number",
        value: ({worst}: LimitUse) => worst?.found,
        text: (use: LimitUse) => found(use, use.worst)
      },
      {
        label: "When",
        unit: format.zone,
        value: ({worst}: LimitUse) => worst && formatIso(worst.time),
        node: ({worst}: LimitUse) => moment(worst?.time, format.moment(worst?.time, "date"))
      },
      {
        label: "Times passed",
        kind: "number",
        value: ({violations}: LimitUse) => violations.length,
        text: ({violations}: LimitUse) => format.count(violations.length)
      },
      {
        label: "Of",
        kind: "number",
        value: ({observed}: LimitUse) => observed.length,
        text: ({observed, unit}: LimitUse) => counted(observed.length, unit, format)
      },
      {
        label: "Not measured",
        kind: "wrap",
        value: ({unmeasured, unit}: LimitUse) =>
          unmeasured.map(({n, reason}) => `${counted(n, unit, format)} ${reason}`).join("; ") || "none"
      }
    ],
    {caption: "Limits of the policy"}
  );
}

interface Violation extends PolicyObservation {
  readonly use: LimitUse;
}

function violationTable({limits}: PolicyUse, format: Formats): HTMLElement {
  const rows = limits.flatMap((use) => use.violations.map((violation): Violation => ({...violation, use})));
  rows.sort((a, b) => b.brokenAt! - a.brokenAt!);
  return dataTable(
    rows,
    [
      {
        label: "Known at",
        unit: format.zone,
        value: ({brokenAt}: Violation) => formatIso(brokenAt!),
        node: ({brokenAt}: Violation) => moment(brokenAt, format.moment(brokenAt))
      },
      {label: "Limit", value: ({use}: Violation) => limitNames[use.limit]},
      {
        label: "Day or opening",
        value: ({name}: Violation) => name,
        text: ({name, use}: Violation) => (use.unit === "day" ? formatSessionDate(name, format) : `deal ${name}`)
      },
      {
        label: "Found",
        kind: "number",
        value: ({found}: Violation) => found,
        text: ({found, use}: Violation) => limitText(use.limit, found, format)
      },
      {
        label: "Allowed",
        kind: "number",
        value: ({use}: Violation) => use.allowed,
        text: ({use}: Violation) => allowedText(use, format)
      }
    ],
    {caption: "Violations", limit: 20, emptyStep: "A day or an opening beyond a limit would stand here."}
  );
}
