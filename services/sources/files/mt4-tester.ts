import type {Deal, TradeDeal} from "../../domain/deal.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {toMoney} from "../../domain/money.js";
import type {EpochMs} from "../../domain/time.js";
import {toUtcInOrder} from "../mt5/order-times.js";
import type {Report, ReportOptions} from "./report.js";
import type {ReportRow} from "./report-rows.js";
import {findTable, parseReportNumber, type ReportTable} from "./report-table.js";

const closes = /^(close|s\/l|t\/p|close at stop|close by|so)$/i;
const others = /^(modify|delete|(buy|sell) (limit|stop))$/i;

/**
 * The deals of an MT4 strategy tester report, with its initial deposit as the first.
 *
 * @returns `undefined` if the report has no such table
 */
export function parseMt4Tester(
  file: string,
  rows: readonly ReportRow[],
  options: ReportOptions
): Omit<Report, "statedFigures"> | undefined {
  const table = findTable(file, rows, undefined, ["#", "Time", "Type", "Order", "Size", "Price", "Profit", "Balance"]);
  if (table === undefined) return undefined;
  const own = table.rows.filter(({cells}) => /^\d+$/.test(cells[0] ?? ""));
  const instrument = options.toInstrument(statedText(rows, "Symbol", table).split(" ")[0]!);
  const deposit = parseReportNumber(statedText(rows, "Initial deposit", table));
  if (!Number.isFinite(deposit)) throw table.fail(rows[0]!, "no Initial deposit");
  const opened = new Map<string, TradeDeal>();
  const times = toUtcInOrder(
    own.map((row) => table.wallTime(row, "Time")),
    options.clock
  );
  let balance = deposit;
  const trades = own.flatMap((row, i): Deal[] => {
    const deal = readRow(table, row, {time: times[i]!, instrument, opened, currency: options.currency});
    if (deal?.entry === "out") {
      balance += table.number(row, "Profit");
      const stated = table.number(row, "Balance");
      if (!(Math.abs(stated - balance) < 0.02))
        throw table.fail(row, `balance ${stated} does not follow: ${balance.toFixed(2)}`);
      balance = stated;
    }
    return deal === undefined ? [] : [deal];
  });
  const zero = toMoney(0, options.currency);
  const time = trades[0]?.time ?? 0;
  const money = {profit: toMoney(deposit, options.currency), commission: zero, swap: zero, fee: zero};
  const first: Deal[] = trades.length > 0 ? [{type: "balance", ticket: "0", time, ...money}] : [];
  return {kind: "mt4-tester", deals: [...first, ...trades], links: new Map(), warnings: []};
}

function statedText(rows: readonly ReportRow[], label: string, table: ReportTable): string {
  for (const {cells} of rows) {
    const i = cells.findIndex((cell) => cell.replace(/:$/, "") === label);
    if (i >= 0 && cells[i + 1]) return cells[i + 1]!;
  }
  throw table.fail(rows[0]!, `no ${label}`);
}

interface RowContext {
  readonly time: EpochMs;
  readonly instrument: InstrumentId;
  /** Opening deals so far, by order. */
  readonly opened: Map<string, TradeDeal>;
  readonly currency: string;
}

function readRow(
  table: ReportTable,
  row: ReportRow,
  {time, instrument, opened, currency}: RowContext
): TradeDeal | undefined {
  const type = table.text(row, "Type").toLowerCase();
  if (others.test(type)) return undefined;
  const [order, ticket] = [table.text(row, "Order"), table.text(row, "#")];
  const [volumeLots, price] = [table.number(row, "Size"), table.number(row, "Price")];
  if (!(volumeLots > 0 && price > 0)) throw table.fail(row, `size or price not positive: ${volumeLots} ${price}`);
  const zero = toMoney(0, currency);
  const base = {ticket, time, instrument, volumeLots, price, position: order, commission: zero, swap: zero, fee: zero};
  if (type === "buy" || type === "sell") {
    const stop = table.number(row, "S / L", 0);
    const deal: TradeDeal = {...base, type, entry: "in", profit: zero, ...(stop > 0 ? {stopPrice: stop} : {})};
    opened.set(order, deal);
    return deal;
  }
  const opening = opened.get(order);
  if (!closes.test(type) || opening === undefined)
    throw table.fail(row, `unknown Type or order: ${JSON.stringify(type.slice(0, 40))} ${order.slice(0, 20)}`);
  const side = opening.type === "buy" ? "sell" : "buy";
  return {...base, type: side, entry: "out", profit: toMoney(table.number(row, "Profit"), currency)};
}
