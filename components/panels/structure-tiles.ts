import type {StructureEvent} from "../../services/analytics/structure/event.js";
import type {BarSeries} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import type {Formats} from "../format/create-formats.js";
import {statTile, tileRow} from "../parts/stat-tile.js";
import {barName, eventNames} from "./structure-table.js";

/** The bars that events were found in, oldest first, and how these and their prices are named. */
export interface StructureTilesOptions {
  /** The bars known so far. */
  readonly bars: BarSeries;
  readonly timeframe: Timeframe;
  readonly instrument: InstrumentSettings;
  readonly calendar: TradingCalendar;
  readonly format: Formats;
}

/** The last swing each way, the last break, and how many of each there were. */
export function structureTiles(events: readonly StructureEvent[], options: StructureTilesOptions): HTMLElement {
  const {bars, timeframe, format} = options;
  const count = (figure: string, label: string, test: (type: string) => boolean) => {
    const n = events.filter(({type}) => test(type)).length;
    return statTile({
      figure,
      label,
      value: n,
      text: format.count(n),
      basis: `in n\u202f=\u202f${format.count(bars.length)} bars of ${timeframe}`
    });
  };
  return tileRow([
    lastTile("last-swing-high", "Last swing high", events, ["swing-high"], options),
    lastTile("last-swing-low", "Last swing low", events, ["swing-low"], options),
    lastTile("last-break", "Last break", events, ["bos-up", "bos-down", "choch-up", "choch-down"], options),
    count("swings", "Swings", (type) => type.startsWith("swing")),
    count("breaks", "Breaks of structure", (type) => type.startsWith("bos")),
    count("changes", "Changes of character", (type) => type.startsWith("choch"))
  ]);
}

function lastTile(
  figure: string,
  label: string,
  events: readonly StructureEvent[],
  types: readonly string[],
  options: StructureTilesOptions
) {
  const {instrument, format} = options;
  const last = events.filter(({type}) => types.includes(type)).at(-1);
  return statTile({
    figure,
    label: types.length > 1 && last ? `${label}: ${eventNames[last.type] ?? last.type}` : label,
    value: last?.price,
    text: format.price(last?.price, instrument.tickSize),
    unit: instrument.currency,
    basis:
      last === undefined
        ? `n\u202f=\u202f${format.count(events.length)} events`
        : `known ${barName(last.knownAt, options)}`,
    change: last && last.time !== last.knownAt ? `at ${barName(last.time, options)}` : undefined,
    reason: "none yet"
  });
}
