import type {Deal, DealEntry} from "../../domain/deal.js";
import {type Money, toMoney} from "../../domain/money.js";
import type {EpochMs} from "../../domain/time.js";
import {toUtcInOrder} from "../mt5/order-times.js";
import {type PositionLink, withPositions} from "./assign-positions.js";
import {checkBalances} from "./check-balances.js";
import type {Report, ReportOptions} from "./report.js";
import type {ReportRow} from "./report-rows.js";
import {findTable, parseReportNumber, type ReportTable} from "./report-table.js";

const entries: Readonly<Record<string, DealEntry>> = {in: "in", out: "out", "in/out": "inout", "out by": "out-by"};

/** Rows of the Deals table that move money and are no trade. */
const balanceTypes =
  /^(balance|credit|charge|correction|bonus|commission.*|agent.*|interest|tax|dividend.*|SO compensation.*|buy canceled|sell canceled)$/i;

/**
 * The deals of an MT5 report, account history or strategy tester.
 *
 * @returns `undefined` if the report has no Deals table
 */
export function parseMt5Deals(
  file: string,
  rows: readonly ReportRow[],
  options: ReportOptions
): Omit<Report, "statedFigures"> | undefined {
  const table = findTable(file, rows, "Deals", [
    "Time",
    "Deal",
    "Symbol",
    "Type",
    "Direction",
    "Volume",
    "Price",
    "Profit",
    "Balance"
  ]);
  if (table === undefined) return undefined;
  const dealRows = table.rows.filter((row) => /^\d/.test(row.cells[0] ?? ""));
  const stops = stopPrices(file, rows);
  const walls = dealRows.map((row) => table.wallTime(row, "Time"));
  const times = toUtcInOrder(walls, options.clock);
  const read = dealRows.map((row, i) => ({...readDeal(table, row, times[i]!, stops, options), wall: walls[i]!}));
  checkBalances(read, (i, what) => table.fail(dealRows[i]!, what));
  checkTotals(table, dealRows);
  const deals = read.map(({deal}) => deal);
  const links = linksOf(file, rows, read);
  const isTester = rows.some(({cells}) => cells.length === 1 && cells[0] === "Strategy Tester Report");
  return {kind: isTester ? "mt5-tester" : "mt5-history", deals: withPositions(deals, links), links, warnings: []};
}

interface ReadDeal {
  readonly deal: Deal;
  /** When, on the server's wall clock. */
  readonly wall: number;
  readonly symbol: string;
  readonly order: string;
  readonly balance: Money;
}

function readDeal(
  table: ReportTable,
  row: ReportRow,
  time: EpochMs,
  stops: ReadonlyMap<string, number>,
  {currency, toInstrument}: ReportOptions
): Omit<ReadDeal, "wall"> {
  const money = (name: string) => toMoney(table.number(row, name, 0), currency);
  const type = table.text(row, "Type").toLowerCase();
  const symbol = table.text(row, "Symbol");
  const order = table.text(row, "Order");
  const base = {
    ticket: digits(table, row, "Deal"),
    time,
    profit: money("Profit"),
    commission: money("Commission"),
    swap: money("Swap"),
    fee: money("Fee")
  };
  const balance = toMoney(table.number(row, "Balance"), currency);
  if (type !== "buy" && type !== "sell") {
    if (!balanceTypes.test(type)) throw table.fail(row, `unknown Type: ${JSON.stringify(type.slice(0, 40))}`);
    return {deal: {...base, type: "balance"}, symbol, order, balance};
  }
  const entry = entries[table.text(row, "Direction").toLowerCase()];
  if (entry === undefined)
    throw table.fail(row, `unknown Direction: ${JSON.stringify(table.text(row, "Direction").slice(0, 40))}`);
  const [volumeLots, price] = [table.number(row, "Volume"), table.number(row, "Price")];
  if (!(volumeLots > 0 && price > 0)) throw table.fail(row, `volume or price not positive: ${volumeLots} ${price}`);
  if (symbol === "") throw table.fail(row, "no Symbol");
  const stop = entry === "in" ? stops.get(order) : undefined;
  const trade = {...base, type, instrument: toInstrument(symbol), entry, position: "", volumeLots, price} as const;
  return {deal: stop === undefined ? trade : {...trade, stopPrice: stop}, symbol, order, balance};
}

function digits(table: ReportTable, row: ReportRow, name: string): string {
  const text = table.text(row, name);
  if (!/^\d{1,20}$/.test(text)) throw table.fail(row, `invalid ${name}: ${JSON.stringify(text.slice(0, 40))}`);
  return text;
}

/** Stop loss by opening order, from the Orders table. */
function stopPrices(file: string, rows: readonly ReportRow[]): Map<string, number> {
  const table = findTable(file, rows, "Orders", ["Order", "S / L"]);
  const stops = new Map<string, number>();
  for (const row of table?.rows ?? []) {
    if (!/^\d/.test(row.cells[0] ?? "")) continue;
    const stop = table!.number(row, "S / L", 0);
    if (stop > 0) stops.set(table!.text(row, "Order"), stop);
  }
  return stops;
}

/** What tells which position each trade belongs to, by ticket. */
function linksOf(file: string, rows: readonly ReportRow[], read: readonly ReadDeal[]): Map<string, PositionLink> {
  const closing = closingTimes(file, rows);
  return new Map(
    read.flatMap(({deal, wall, symbol, order}) => {
      if (deal.type === "balance") return [];
      const closes = closing.get(`${symbol} ${wall} ${deal.price}`);
      return [[deal.ticket, closes === undefined ? {order} : {order, closes}] as const];
    })
  );
}

/** Which position closed at a symbol, wall time and price: newer histories have a table of positions. */
function closingTimes(file: string, rows: readonly ReportRow[]): Map<string, string> {
  const table = findTable(file, rows, "Positions", ["Position", "Symbol", "Time", "Price", "Volume"]);
  const closing = new Map<string, string>();
  if (!table?.has("Time 2") || !table.has("Price 2")) return closing;
  for (const row of table.rows) {
    if (!/^\d/.test(row.cells[0] ?? "")) continue;
    const wall = table.wallTime(row, "Time 2");
    closing.set(`${table.text(row, "Symbol")} ${wall} ${table.number(row, "Price 2")}`, table.text(row, "Position"));
  }
  return closing;
}

/** The line below the deals adds them up: a report that lost rows does not agree with it. */
function checkTotals(table: ReportTable, dealRows: readonly ReportRow[]): void {
  const totals = table.rows.find(({cells}, i) => i >= dealRows.length && cells[0] === "" && cells.length >= 4);
  if (totals === undefined || dealRows.length === 0) return;
  const numbers = totals.cells.map(parseReportNumber).filter(Number.isFinite);
  const sum = (rows: readonly ReportRow[]) => rows.reduce((total, row) => total + table.number(row, "Profit", 0), 0);
  const trades = dealRows.filter((row) => /^(buy|sell)$/i.test(table.text(row, "Type")));
  const sums = [sum(trades), sum(dealRows)];
  const agrees = numbers.some((number) => sums.some((total) => Math.abs(total - number) < 0.06));
  if (!agrees)
    throw table.fail(totals, `the deals' profits add up to ${sums[0]!.toFixed(2)}, not to the total printed`);
}
