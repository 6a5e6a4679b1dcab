import type {StructureEvent} from "../../services/analytics/structure/event.js";
import {sessionAt, type TradingCalendar} from "../../services/domain/calendar.js";
import {type EpochMs, formatIso} from "../../services/domain/time.js";
import {isIntraday, type Timeframe} from "../../services/domain/timeframe.js";
import {dateIn} from "../../services/domain/zone.js";
import type {StructureMark} from "../charts/structure-marks.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {dataTable} from "../parts/data-table.js";
import {moment} from "../parts/figure.js";

/** How events are written: prices to the tick in *currency*, bars by timeframe and calendar. */
export interface StructureTableOptions {
  readonly format: Formats;
  readonly tickSize: number; // in price, > 0
  readonly currency: string;
  readonly timeframe: Timeframe;
  readonly calendar: TradingCalendar;
}

/** The names of events, as the table and the chart show them. */
export const eventNames: Readonly<Record<string, string>> = {
  "swing-high": "Swing high",
  "swing-low": "Swing low",
  "bos-up": "BOS up",
  "bos-down": "BOS down",
  "choch-up": "CHoCH up",
  "choch-down": "CHoCH down"
};

/** Structure events, the last known first: where each sits, when it was known, and what its rule measured. */
export function structureTable(events: readonly StructureEvent[], options: StructureTableOptions) {
  const {format, tickSize, currency, timeframe} = options;
  const time = (label: string, of: (event: StructureEvent) => EpochMs) => ({
    label,
    unit: isIntraday(timeframe) ? format.zone : "session",
    value: (event: StructureEvent) => formatIso(of(event)),
    node: (event: StructureEvent) => moment(of(event), barName(of(event), options))
  });
  return dataTable(
    [...events].reverse(),
    [
      time("Known at the close of", ({knownAt}) => knownAt),
      {label: "Event", value: ({type}: StructureEvent) => eventNames[type] ?? type},
      {
        label: "Price",
        unit: currency,
        kind: "number",
        value: ({price}: StructureEvent) => price,
        text: ({price}: StructureEvent) => format.price(price, tickSize)
      },
      time("Sits at", ({time}) => time),
      {label: "Measured", kind: "wrap", value: (event: StructureEvent) => measured(event, options)},
      {label: "Rule", value: ({rule}: StructureEvent) => rule}
    ],
    {caption: "Structure events", limit: 60, emptyStep: "The rule found none in the bars known so far."}
  );
}

/** A bar by when it opened, or by the date of its session from a day up. */
export function barName(
  time: EpochMs,
  {timeframe, calendar, format}: Omit<StructureTableOptions, "tickSize" | "currency">
): string {
  if (isIntraday(timeframe)) return format.moment(time);
  return formatSessionDate(sessionAt(calendar, time)?.date ?? dateIn(calendar.zone, time), format);
}

function measured({evidence}: StructureEvent, options: StructureTableOptions): string {
  return Object.entries(evidence)
    .map(([name, value]) => `${names[name] ?? name} ${measureText(name, value, options)}`)
    .join(", ");
}

const names: Readonly<Record<string, string>> = {atr: "ATR", levelTime: "set at"};

function measureText(name: string, value: number, options: StructureTableOptions): string {
  const {format, tickSize} = options;
  if (name === "levelTime") return barName(value, options);
  return name === "k" ? format.number(value) : format.price(value, tickSize);
}

/** An event as the chart draws it; a break runs from the swing whose level it broke. */
export function toMark({type, time, knownAt, price, evidence}: StructureEvent): StructureMark {
  const isSwing = type.startsWith("swing");
  const isUp = type.endsWith("high") || type.endsWith("up");
  const label = type.startsWith("choch") ? "CHoCH" : type.startsWith("bos") ? "BOS" : (eventNames[type] ?? type);
  const from = evidence["levelTime"] ?? time;
  return {kind: isSwing ? "swing" : "break", isUp, label, time: isSwing ? time : from, knownAt, price};
}
