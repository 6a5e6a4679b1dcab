import type {Dataset} from "../../services/domain/dataset.js";
import type {InstrumentSettings} from "../../services/domain/settings.js";
import {formatIso} from "../../services/domain/time.js";
import type {InstrumentToday} from "../../services/domain/today.js";
import type {Formats} from "../format/create-formats.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import {valuesOf} from "./recompute.js";
import type {Why, WhyRow} from "./why.js";

/** The last sessions of every instrument, as a table of movers shows them. */
export interface MoverContext {
  readonly today: readonly InstrumentToday[];
  readonly instruments: readonly InstrumentSettings[];
  readonly datasets: readonly Dataset[];
  readonly format: Formats;
}

/** The widest move since the session before, of all instruments. @throws {RangeError} for another figure */
export function moverWhy(name: string, {today, instruments, datasets, format}: MoverContext): Why {
  if (name !== "widest-move") throw new RangeError(`unknown figure: ${name}`);
  const rows = today.flatMap(({instrument, sessions}): WhyRow[] => {
    const [before, last] = sessions.slice(-2);
    if (before === undefined || last === undefined) return [];
    return [
      {
        Instrument: instrument,
        Session: last.date,
        Closed: formatIso(last.closeTime),
        "Close before": before.close,
        "Last close": last.close
      }
    ];
  });
  const tick = (row: WhyRow) => instruments.find(({id}) => id === row["Instrument"])?.tickSize ?? 0.00001;
  const price = (label: string) => ({
    ...numberColumn(label, String),
    text: (row: WhyRow) => format.price(Number(row[label]), tick(row))
  });
  const times = today.flatMap(({sessions}) => sessions.slice(-1).map(({closeTime}) => closeTime));
  return {
    name: "Widest move since the session before",
    value: widest(rows),
    reason: "no instrument has two sessions",
    show: (value) => format.fraction(value, {decimals: 2, signed: true}),
    formula: "last close / close before − 1, of the instrument where it is furthest from 0",
    definition:
      "Every row of the table gives its instrument's change from its own last close and the one before; the table stands in the order of these changes without their signs.",
    inputs: [["Session", "by each venue's own calendar"]],
    rows: {
      caption: "Last two closes",
      columns: [
        textColumn("Instrument"),
        textColumn("Session"),
        timeColumn("Closed", format),
        price("Close before"),
        price("Last close")
      ],
      rows
    },
    recompute: {words: "Last close / Close before − 1 in each row; the one furthest from 0", of: widest},
    datasets,
    knownAt:
      times.length === 0 ? "not yet" : `each at its session's close, the last at ${format.zoned(Math.max(...times))}`
  };
}

function widest(rows: readonly WhyRow[]): number | undefined {
  const [last, before] = [valuesOf(rows, "Last close"), valuesOf(rows, "Close before")];
  const changes = last.map((close, i) => close / before[i]! - 1);
  return changes.sort((a, b) => Math.abs(b) - Math.abs(a))[0];
}
