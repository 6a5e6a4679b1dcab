import {addMoney, toMoney} from "../../domain/money.js";
import type {Position} from "../../domain/position.js";
import {SourceError} from "../../domain/source-error.js";
import type {EpochMs} from "../../domain/time.js";
import {timeframeMs} from "../../domain/timeframe.js";
import {dateIn, timeIn, toWall} from "../../domain/zone.js";
import type {AccountSource} from "../account-source.js";
import {fetchBarRange} from "../bar-range.js";
import {createBarRows} from "../bar-rows.js";
import type {BarRequest, BarSource, SourcedBars} from "../bar-source.js";
import {barsBetween} from "../merge-bars.js";
import type {SymbolSource} from "../symbol-source.js";
import type {KiteClient} from "./client.js";
import {kiteInterval} from "./intervals.js";
import {parseCandles} from "./parse-candles.js";
import {type KiteInstrument, parseInstruments} from "./parse-instruments.js";
import {
  type KitePosition,
  type KiteTrade,
  kiteCurrency,
  parseHoldings,
  parseMargins,
  parsePositions,
  parseTrades
} from "./parse-portfolio.js";
import {tradesToDeals} from "./trades-to-deals.js";

const INDIA = "Asia/Kolkata";
/** Kite has nothing before; asking from 1970 would only cost requests. */
const FIRST_TIME = Date.UTC(2000, 0, 1);

/** Kite Connect's candles, account and symbols, and the list that its names are looked up in, by `EXCHANGE:SYMBOL`. */
export interface KiteSource extends BarSource, AccountSource, SymbolSource {
  /** Today's list of instruments, fetched once a day. */
  instruments(signal?: AbortSignal): Promise<ReadonlyMap<string, KiteInstrument>>;
}

/** Kite Connect as a source of candles and of an account: of deals, Kite gives today's only. */
export function createKiteSource(client: KiteClient, now: () => EpochMs): KiteSource {
  const instruments = createInstrumentList(client, now);
  const positions = async (signal?: AbortSignal) => {
    const {data, where} = await client.get("/portfolio/positions", "other", signal);
    return parsePositions(data, where);
  };
  const holdings = async (signal?: AbortSignal) => {
    const {data, where} = await client.get("/portfolio/holdings", "other", signal);
    return parseHoldings(data, where);
  };
  const trades = async (signal?: AbortSignal) => {
    const {data, where} = await client.get("/trades", "other", signal);
    return parseTrades(data, where);
  };
  return {
    instruments,
    async symbol(symbol, signal) {
      const found = (await instruments(signal)).get(symbol);
      return found === undefined || found.tickSize === 0
        ? undefined
        : {tickSize: found.tickSize, currency: kiteCurrency};
    },
    bars: (request, signal) => fetchBars(client, instruments, request, signal),
    async deals({start, end}, signal) {
      const [filled, open, held] = await Promise.all([trades(signal), positions(signal), holdings(signal)]);
      const deals = tradesToDeals(filled, open, held).filter(({time}) => time >= start && time < end);
      return {deals, warnings: []};
    },
    async positions(signal) {
      const [open, filled] = await Promise.all([positions(signal), trades(signal)]);
      return open.filter(({quantity}) => quantity !== 0).map((each) => toPosition(each, filled, now()));
    },
    async state(signal) {
      const [{data, where}, held, open] = await Promise.all([
        client.get("/user/margins", "other", signal),
        holdings(signal),
        positions(signal)
      ]);
      const balance = parseMargins(data, where).equity.cash;
      const value =
        held.reduce((sum, {quantity, lastPrice}) => sum + quantity * lastPrice, 0) +
        open.reduce((sum, each) => sum + unrealised(each), 0);
      return {time: now(), currency: kiteCurrency, balance, equity: addMoney(balance, toMoney(value, kiteCurrency))};
    }
  };
}

function createInstrumentList(client: KiteClient, now: () => EpochMs): KiteSource["instruments"] {
  let known: {readonly date: string; readonly list: Promise<ReadonlyMap<string, KiteInstrument>>} | undefined;
  const fetchList = async (signal: AbortSignal | undefined) => {
    const {text, where} = await client.getText("/instruments", "other", signal);
    return new Map(parseInstruments(text, where).map((instrument) => [instrument.symbol, instrument]));
  };
  return (signal) => {
    const date = dateIn(INDIA, now());
    if (known?.date !== date) {
      const entry = {date, list: fetchList(signal)};
      known = entry;
      entry.list.catch(() => {
        if (known === entry) known = undefined;
      });
    }
    return known.list;
  };
}

/** @throws {SourceError} SOURCE_REFUSED if Kite has no such instrument */
export function tokenOf(instruments: ReadonlyMap<string, KiteInstrument>, symbol: string, name: string): number {
  const found = instruments.get(symbol);
  if (found !== undefined) return found.token;
  throw new SourceError(
    "SOURCE_REFUSED",
    `${name}: no instrument ${symbol} at Kite; it must be EXCHANGE:SYMBOL, as NSE:INFY`
  );
}

async function fetchBars(
  client: KiteClient,
  instruments: KiteSource["instruments"],
  {symbol, timeframe, start, end}: BarRequest,
  signal: AbortSignal | undefined
): Promise<SourcedBars> {
  const interval = kiteInterval(timeframe);
  const token = tokenOf(await instruments(signal), symbol, client.name);
  const first = Math.max(start, FIRST_TIME);
  const barMs = timeframeMs(timeframe);
  const fetch = async (from: number, to: number) => {
    const query = new URLSearchParams({from: formatWall(from), to: formatWall(to - 1)});
    const path = `/instruments/historical/${token}/${interval.name}?${query}`;
    const {data, where} = await client.get(path, "historical", signal);
    return parseCandles(data, `${where} ${symbol}`);
  };
  // A day's candle is stamped at midnight: a range that begins later in the day must still ask for it.
  const from = timeframe === "1d" ? timeIn(INDIA, dateIn(INDIA, first), 0) : first;
  const range = {start: from, end, barMs, chunkMs: interval.maxMs, maxChunkMs: interval.maxMs};
  const rows = await fetchBarRange(fetch, {...range, name: `${client.name}: ${symbol} ${timeframe}`});
  const bars = createBarRows();
  for (const candle of rows) bars.add(candle, candle.where);
  return {bars: barsBetween(bars.finish(), start, end), duplicateTimes: bars.duplicateTimes, warnings: []};
}

/** `2019-01-02 09:15:00` in India. */
function formatWall(time: EpochMs): string {
  return new Date(toWall(INDIA, time)).toISOString().slice(0, 19).replace("T", " ");
}

function unrealised({quantity, lastPrice, averagePrice, multiplier}: KitePosition): number {
  return quantity * (lastPrice - averagePrice) * multiplier;
}

/** Kite does not say when a position was opened: its first fill of today, or this day's beginning if it is older. */
function toPosition(position: KitePosition, trades: readonly KiteTrade[], now: EpochMs): Position {
  const {instrument, product, quantity, averagePrice, lastPrice, overnightQuantity} = position;
  const own = trades.filter((trade) => trade.instrument === instrument && trade.product === product);
  const midnight = timeIn(INDIA, dateIn(INDIA, now), 0);
  const openTime = overnightQuantity === 0 && own.length > 0 ? Math.min(...own.map(({time}) => time)) : midnight;
  return {
    ticket: `${instrument} ${product}`,
    instrument,
    side: quantity > 0 ? "buy" : "sell",
    volumeLots: Math.abs(quantity),
    openTime,
    openPrice: averagePrice,
    currentPrice: lastPrice,
    profit: toMoney(unrealised(position), kiteCurrency)
  };
}
