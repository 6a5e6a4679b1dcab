import type {TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {DAY_MS, type EpochMs, MINUTE_MS} from "../../domain/time.js";
import {timeframeMs} from "../../domain/timeframe.js";
import type {AccountSource} from "../account-source.js";
import {createBarRows} from "../bar-rows.js";
import type {BarRequest, BarSource, SourcedBars} from "../bar-source.js";
import {toJsonObject} from "../json-reader.js";
import {barsBetween} from "../merge-bars.js";
import type {ClockRule} from "../settings/source-settings.js";
import type {StatedSymbol, SymbolSource} from "../symbol-source.js";
import type {TickRequest, TickSource} from "../tick-source.js";
import {type BridgeClient, BridgeRefusal} from "./client.js";
import {createClock} from "./clock.js";
import {checkClock} from "./clock-check.js";
import {checkDealClock} from "./deal-clock.js";
import {fetchWallBars, shortestBarMs} from "./fetch-bars.js";
import {fetchDeals} from "./fetch-deals.js";
import {fetchTicks} from "./fetch-ticks.js";
import {type AccountContext, parseAccount, parsePositions} from "./parse-account.js";
import {parseSymbol} from "./parse-symbol.js";
import {type ClockProbe, checkNotAhead, createClockProbe} from "./probe-clock.js";

/** The bridge to a terminal, and what turns its server's clock, symbols and money into ours. */
export interface BridgeSourceOptions {
  readonly client: BridgeClient;
  readonly clock: ClockRule;
  /** The account's currency in settings; USD where the source has bars only. */
  readonly currency: string;
  toInstrument(symbol: string): InstrumentId;
  calendarOf(instrument: InstrumentId): TradingCalendar | undefined;
  readonly now: () => EpochMs;
}

/** A MetaTrader 5 terminal: bars, ticks and one account, in UTC. */
export interface BridgeSource extends BarSource, TickSource, AccountSource, SymbolSource {
  /** Whether the bridge answers and its terminal is connected. */
  health(signal?: AbortSignal): Promise<{connected: boolean}>;
}

/** Rows of fewer days may hold no edge of a week, and long bars a blurred one: the clock is then checked on others. */
const PROBE_BELOW_MS = 8 * DAY_MS;

/** A terminal behind its bridge as a source of bars, ticks and an account. */
export function createBridgeSource(options: BridgeSourceOptions): BridgeSource {
  const {client, currency, toInstrument, now} = options;
  const context: AccountContext = {clock: createClock(options.clock), currency, toInstrument};
  const probe = createClockProbe(options);
  return {
    bars: (request, signal) => fetchBars(options, probe, request, signal),
    async ticks(request, signal) {
      await probe([request], request.end, signal); // the ticks of some hours say nothing of the week
      const check = (times: Float64Array) => checkTickClock(times, request, options);
      return fetchTicks({client, clock: context.clock, check}, request, signal);
    },
    async deals({start, end}, signal) {
      const {deals, warnings, symbols} = await fetchDeals(client, context, {start, end}, signal);
      await probe(symbols, end, signal);
      checkDealClock(deals, {rule: options.clock, name: client.name, calendarOf: options.calendarOf});
      checkNotAhead(deals.at(-1)?.time, now(), options.clock, `${client.name}: deals`);
      return {deals, warnings};
    },
    async positions(signal) {
      const {body, where} = await getPositions(client, signal);
      const open = parsePositions(body, where, context);
      await probe(
        open.map(({position: {instrument}, symbol}) => ({symbol, instrument})),
        now(),
        signal
      );
      const newest = Math.max(...open.map(({position}) => position.openTime));
      checkNotAhead(newest, now(), options.clock, `${client.name}: positions`);
      return open.map(({position}) => position);
    },
    async state(signal) {
      const {body, where} = await client.get("/account_info", {}, signal);
      return parseAccount(body, where, currency, now());
    },
    symbol: (symbol, signal) => getSymbol(client, symbol, signal),
    async health(signal) {
      const {body, where} = await client.get("/health", {}, signal);
      const health = toJsonObject(body, where);
      return {connected: health.raw("mt5_connected") === true && health.raw("mt5_alive") !== false};
    }
  };
}

/** @throws {SourceError} SOURCE_CLOCK if ticks lie in the future, or while their market is shut */
function checkTickClock(
  times: Float64Array,
  {instrument, symbol}: TickRequest,
  {client, clock: rule, calendarOf, now}: BridgeSourceOptions
): void {
  const name = `${client.name}: ticks of ${symbol}`;
  checkNotAhead(times.at(-1), now(), rule, name);
  const calendar = calendarOf(instrument);
  if (calendar !== undefined) checkClock(times, {rule, calendar, name, rowMs: 0});
}

/** One route is enough; bridges differ in which they have. */
async function getPositions(client: BridgeClient, signal: AbortSignal | undefined) {
  try {
    return await client.get("/positions_get", {}, signal);
  } catch (error) {
    if (error instanceof BridgeRefusal && error.status === 404) return client.get("/get_positions", {}, signal);
    throw error;
  }
}

/** A bridge without that route, or that symbol, states nothing of it. */
async function getSymbol(
  client: BridgeClient,
  symbol: string,
  signal?: AbortSignal
): Promise<StatedSymbol | undefined> {
  try {
    const {body, where} = await client.get(`/symbol_info/${encodeURIComponent(symbol)}`, {}, signal);
    return parseSymbol(body, where);
  } catch (error) {
    if (error instanceof BridgeRefusal && error.status === 404) return undefined;
    throw error;
  }
}

async function fetchBars(
  {client, clock: rule, calendarOf, now}: BridgeSourceOptions,
  probe: ClockProbe,
  {instrument, symbol, timeframe, start, end}: BarRequest,
  signal: AbortSignal | undefined
): Promise<SourcedBars> {
  const clock = createClock(rule);
  const name = `${client.name}: ${symbol} ${timeframe}`;
  // A day more on either side: not every bridge reads the range on the server's clock as it writes the rows.
  const wallStart = Math.max(0, clock.fromUtc(start) - DAY_MS);
  const wall = {symbol, timeframe, start: wallStart, end: clock.fromUtc(end) + DAY_MS};
  const bars = createBarRows();
  for (const {time, open, high, low, close, volume, where} of await fetchWallBars(client, wall, signal))
    bars.add({time: clock.toUtcAfter(time, bars.lastTime), open, high, low, close, volume}, where);
  const all = bars.finish();
  const calendar = calendarOf(instrument);
  if (calendar !== undefined) checkClock(all.time, {rule, calendar, name, rowMs: shortestBarMs(timeframe)});
  const span = all.length > 0 ? all.time.at(-1)! - all.time[0]! : 0;
  if (all.length > 0 && !(timeframeMs(timeframe) <= 15 * MINUTE_MS && span >= PROBE_BELOW_MS))
    await probe([{symbol, instrument}], end, signal);
  checkNotAhead(all.time.at(-1), now(), rule, name);
  return {bars: barsBetween(all, start, end), duplicateTimes: bars.duplicateTimes, warnings: []};
}
