import type {TripGroup} from "../../services/analytics/performance/trips-by-group.js";
import type {Estimate} from "../../services/domain/estimate.js";
import {toAmount} from "../../services/domain/money.js";
import {fitted} from "../charts/fitted.js";
import {intervalDots, intervalDotsHeight} from "../charts/interval-dots.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {chartFrame} from "../parts/chart-frame.js";
import {dataTable} from "../parts/data-table.js";
import type {Grouping} from "../work/group-trips.js";

/** By what round trips were grouped, and on whose clock weekdays, hours and months were told. */
export interface GroupPanelOptions {
  readonly by: Grouping;
  readonly zone: string; // IANA
  readonly format: Formats;
  readonly currency: string;
  /** What was chosen, as `42 of 549 round trips: long`. */
  readonly words: string;
  readonly source: Node; // from `evidenceLine`
}

const names: Readonly<Record<Grouping, string>> = {
  instrument: "instrument",
  side: "side",
  weekday: "weekday of opening",
  hour: "hour of opening",
  month: "month of closing"
};

/** Mean net by group, as `groupTrips` gives them, with its interval; what cannot be told from nothing is grey. */
export function groupPanel(groups: readonly TripGroup<string>[], options: GroupPanelOptions): HTMLElement {
  const {by, zone, format, currency, words, source} = options;
  const rows = groups.map((group) => ({...group, label: labelOf(group.key), estimate: group.mean}));
  const amount = (value: number) => format.amount(value, currency, {signed: true});
  return chartFrame({
    title: groupWords(rows, format),
    subtitle: `Mean net per round trip by ${names[by]}, ${currency}, on the clock of ${zone}; 95 % by bootstrap over sessions, each group alone and not corrected for looking at ${format.count(rows.length)}; ${words}`,
    chart: fitted(
      (width) =>
        intervalDots(rows, {
          width,
          format,
          tickFormat: (value) => format.amount(value, currency, {decimals: 0, signed: true}),
          valueFormat: amount,
          label: `Mean net by ${names[by]}`
        }),
      {height: intervalDotsHeight(rows.length)}
    ),
    table: () => groupTable(rows, options),
    source
  });
}

/** Which intervals leave out zero, and how many would by luck alone. */
function groupWords(rows: readonly {label: string; estimate: Estimate}[], format: Formats): string {
  if (rows.length === 0) return "Nothing to compare";
  const drawn = rows.filter(({estimate: {low, high}}) => low !== undefined && high !== undefined);
  if (drawn.length === 0) return "Too little in any group for an interval";
  const told = drawn.filter(({estimate: {low, high}}) => low! > 0 || high! < 0).map(({label}) => label);
  const of = counted(drawn.length, "interval", format);
  if (told.length === 0) return `None of ${of} leaves out zero`;
  const named = `${told.slice(0, 4).join(", ")}${told.length > 4 ? " and more" : ""}`;
  return `${format.count(told.length)} of ${of} ${told.length === 1 ? "leaves" : "leave"} out zero (${named}); luck alone gives about ${format.number(drawn.length * 0.05, {decimals: 1})}`;
}

function labelOf(key: string): string {
  return key.split("|").at(-1)!;
}

function groupTable(rows: readonly (TripGroup<string> & {label: string})[], {by, format, currency}: GroupPanelOptions) {
  type Row = (typeof rows)[number];
  const money = (label: string, value: (row: Row) => number | undefined) => ({
    label,
    unit: currency,
    kind: "number" as const,
    isSigned: true,
    value,
    text: (row: Row) => format.amount(value(row), currency, {signed: true})
  });
  const count = (label: string, value: (row: Row) => number) => ({
    label,
    kind: "number" as const,
    value,
    text: (row: Row) => format.count(value(row))
  });
  return dataTable(
    rows,
    [
      {label: "Group", value: ({label}: Row) => label},
      count("n", ({n}) => n),
      count("Won", ({wins}) => wins),
      money("Net", ({net}) => toAmount(net)),
      money("Mean", ({mean}) => mean.value),
      money("95 % from", ({mean}) => mean.low),
      money("to", ({mean}) => mean.high),
      {label: "Remark", kind: "wrap", value: ({mean}: Row) => mean.reason, text: ({mean}: Row) => mean.reason ?? ""}
    ],
    {caption: `Round trips by ${names[by]}`}
  );
}
