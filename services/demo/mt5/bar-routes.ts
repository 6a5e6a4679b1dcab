import {MINUTE_MS} from "../../domain/time.js";
import {isDuplicated, restatementOf} from "../defects.js";
import type {InstrumentTape} from "../tape/instrument-tape.js";
import type {VenueReply, VenueRequest} from "../venue/http.js";
import {answer, type BridgeState, refuse, symbolTape} from "./bridge-state.js";
import {
  isTerminalTimeframe,
  lastServerBars,
  type ServerBar,
  serverBars,
  type TerminalTimeframe
} from "./server-bars.js";
import {readWall} from "./server-time.js";

const tickFlags = 6; // bid and ask changed
const mostTicks = 10_000;

/** `GET /bars/{symbol}/{timeframe}?limit` and `GET /fetch_data_pos?symbol&timeframe&num_bars`: the last so many. */
export function lastBars(state: BridgeState, symbol: string, timeframe: string, count: number): VenueReply {
  return withSeries(state, symbol, timeframe, (tape, known) => {
    if (!(Number.isInteger(count) && count > 0)) return refuse(400, "limit must be a positive integer");
    const most = Math.min(count, state.quirks.mostBars, state.mostRows);
    return answer(rowsOf(state, tape, known, lastServerBars(tape, known, most, state.now, state.clock)));
  });
}

/** `GET /fetch_data_range?symbol&timeframe&start&end`: bars of a range on the server's clock, capped in silence. */
export function barRange(state: BridgeState, {query}: VenueRequest): VenueReply {
  const [start, end] = [query.get("start"), query.get("end")];
  if (!start || !end) return refuse(400, "Missing required parameters: start, end");
  return withSeries(state, query.get("symbol") ?? "", query.get("timeframe") ?? "", (tape, timeframe) => {
    const bars = serverBars(tape, timeframe, [readWall(start), readWall(end)], state.now, state.clock);
    const most = Math.min(state.quirks.mostBars, state.mostRows);
    const capped = state.quirks.keeps === "newest" ? bars.slice(-most) : bars.slice(0, most);
    return answer(rowsOf(state, tape, timeframe, capped));
  });
}

/** `GET /ticks?symbol&limit`: the last ticks. */
export function lastTicks(state: BridgeState, {query}: VenueRequest): VenueReply {
  const tape = symbolTape(state, query.get("symbol") ?? "");
  const limit = Number(query.get("limit") ?? 100);
  if (!tape) return refuse(404, `Symbol not found: ${query.get("symbol")}`);
  if (!(Number.isInteger(limit) && limit > 0)) return refuse(400, "limit must be a positive integer");
  const newest = tape.tickAt(state.now)?.time ?? state.now;
  const most = Math.min(limit, mostTicks, state.mostRows);
  let ticks = tape.ticks(newest - MINUTE_MS, newest + 1);
  for (let back = 4; ticks.length < most && back < 100_000; back *= 4)
    ticks = tape.ticks(newest - back * MINUTE_MS, newest + 1);
  return answer(ticks.slice(-most).map((tick) => tickRow(state, tick)));
}

/** A tick as a terminal's struct. */
export function tickRow({clock}: BridgeState, {time, bid, ask}: {time: number; bid: number; ask: number}) {
  const fields = {bid, ask, last: 0, volume: 0, time_msc: clock.wallOf(time), flags: tickFlags, volume_real: 0};
  return {time: clock.write(time), ...fields};
}

function withSeries(
  state: BridgeState,
  symbol: string,
  timeframe: string,
  use: (tape: InstrumentTape, timeframe: TerminalTimeframe) => VenueReply
): VenueReply {
  const tape = symbolTape(state, symbol);
  if (!isTerminalTimeframe(timeframe)) return refuse(400, `Invalid timeframe: ${timeframe}`);
  return tape ? use(tape, timeframe) : refuse(404, `Symbol not found: ${symbol}`);
}

function rowsOf(state: BridgeState, tape: InstrumentTape, timeframe: TerminalTimeframe, bars: readonly ServerBar[]) {
  const {clock, now, hasDefects} = state;
  return bars.flatMap((bar) => {
    const time = clock.timeOf(bar.time);
    const isFlawed = hasDefects && timeframe === "M1";
    const restatedAt = isFlawed ? restatementOf(tape.spec.id, time) : undefined;
    const shown = restatedAt !== undefined && now < restatedAt ? beforeRestatement(bar, tape) : bar;
    const row = barRow(state, time, shown);
    return isFlawed && isDuplicated(tape.spec.id, time) ? [row, row] : [row];
  });
}

/** A bar as first stated: its last two ticks are not in it yet. */
function beforeRestatement(bar: ServerBar, {spec, levels}: InstrumentTape): ServerBar {
  const close = levels.toPrice(Math.round(bar.close / spec.tickSize) + (bar.close > bar.low ? -1 : 1));
  return {...bar, close, high: Math.max(bar.high, close), volume: bar.volume - 2};
}

function barRow({clock}: BridgeState, time: number, {open, high, low, close, volume, spread}: ServerBar) {
  return {time: clock.write(time), open, high, low, close, tick_volume: volume, spread, real_volume: 0};
}
