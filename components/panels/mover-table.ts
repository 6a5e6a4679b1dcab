import type {InstrumentSettings} from "../../services/domain/settings.js";
import type {InstrumentToday} from "../../services/domain/today.js";
import {sparkline} from "../charts/sparkline.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatMoment, formatSessionDate} from "../format/moment.js";
import {type Column, dataTable} from "../parts/data-table.js";
import {html} from "../parts/html.js";

/** The instruments of the settings, for names, links and the decimals of prices, and where their pages lie. */
export interface MoverTableOptions {
  readonly instruments: readonly InstrumentSettings[];
  readonly format: Formats;
  /** From the page to the pages of instruments, as `./markets/`. */
  readonly base: string;
}

interface Mover extends InstrumentToday {
  readonly settings: InstrumentSettings;
  readonly change: number | undefined;
  readonly month: number | undefined;
}

/** What the movers come to in one sentence: how many rose, how many fell, and the widest of all with its sessions. */
export function moverWords(
  today: readonly InstrumentToday[],
  {instruments, format}: Pick<MoverTableOptions, "instruments" | "format">
): string {
  const movers = today.flatMap((each) => {
    const settings = instruments.find(({id}) => id === each.instrument);
    return settings === undefined ? [] : [toMover(each, settings)];
  });
  const moved = movers.filter((mover): mover is Mover & {change: number} => mover.change !== undefined);
  if (moved.length === 0) return "No instrument has two sessions to compare.";
  const widest = moved.reduce((a, b) => (Math.abs(b.change) > Math.abs(a.change) ? b : a));
  const [before, last] = widest.sessions.slice(-2);
  const rose = moved.filter(({change}) => change > 0).length;
  const fell = moved.filter(({change}) => change < 0).length;
  const change = format.fraction(Math.abs(widest.change), {decimals: 2});
  const dates = `from the close of ${formatSessionDate(before?.date, format)} to that of ${formatSessionDate(last?.date, format)}`;
  return `${widest.settings.name} ${widest.change < 0 ? "fell" : "rose"} most, ${change} ${dates}; of ${counted(moved.length, "instrument", format)} ${format.count(rose)} rose and ${format.count(fell)} fell.`;
}

/** Instruments by how far their last close moved from the one before, the widest first. */
export function moverTable(today: readonly InstrumentToday[], {instruments, format, base}: MoverTableOptions) {
  const movers = instruments.flatMap((settings) => {
    const found = today.find(({instrument}) => instrument === settings.id);
    return found === undefined ? [] : [toMover(found, settings)];
  });
  movers.sort((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0));
  const last = ({sessions}: Mover) => sessions.at(-1);
  const percent = (label: string, of: (mover: Mover) => number | undefined): Column<Mover> => ({
    label,
    kind: "number",
    isSigned: true,
    value: of,
    text: (mover) => format.fraction(of(mover), {decimals: 2, signed: true})
  });
  return dataTable(
    movers,
    [
      {
        label: "Instrument",
        value: ({instrument}) => instrument,
        node: ({settings}) => html`<a href=${`${base}${settings.slug}`}>${settings.name}</a>`
      },
      percent("Since the session before", ({change}) => change),
      {
        label: "Last close",
        kind: "number",
        value: (mover) => last(mover)?.close,
        text: (mover) => format.price(last(mover)?.close, mover.settings.tickSize)
      },
      {label: "Currency", value: ({settings}) => settings.currency},
      percent("Over the sessions drawn", ({month}) => month),
      {
        label: "Closes drawn",
        value: ({sessions}) => sessions.map(({close}) => close).join(" "),
        text: () => "–",
        node: ({sessions}) =>
          sparkline(
            sessions.map(({close}) => close),
            format
          )
      },
      {label: "Symbol", value: ({instrument}) => instrument},
      {label: "First session drawn", value: ({sessions}) => sessions[0]?.date, isFileOnly: true},
      {label: "Sessions drawn", value: ({sessions}) => sessions.length, isFileOnly: true},
      {label: "Session before", value: ({sessions}) => sessions.at(-2)?.date, isFileOnly: true},
      {
        label: "From session to session",
        unit: "dates at the venue",
        value: (mover) => last(mover)?.date,
        text: ({sessions}) => sessionsWords(sessions, format)
      }
    ],
    {caption: "Movers", emptyStep: "Run: npm run snapshot"}
  );
}

/** The two sessions that a change is between: `18 Nov → 19 Nov 2026`. */
function sessionsWords(sessions: InstrumentToday["sessions"], format: Formats): string {
  const [before, last] = [sessions.at(-2), sessions.at(-1)];
  if (before === undefined) return formatSessionDate(last?.date, format);
  const day = formatMoment(Date.parse(`${before.date}T00:00:00Z`), "day", {zone: "UTC", locale: format.locale});
  return `${day} → ${formatSessionDate(last?.date, format)}`;
}

function toMover(today: InstrumentToday, settings: InstrumentSettings): Mover {
  const [first, before, last] = [today.sessions[0], today.sessions.at(-2), today.sessions.at(-1)];
  return {
    ...today,
    settings,
    change: before && last && last.close / before.close - 1,
    month: first && last && first !== last ? last.close / first.close - 1 : undefined
  };
}
