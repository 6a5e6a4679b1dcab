import type {Deal} from "../../domain/deal.js";
import {closeTicket, sortDeals} from "../../domain/deal-order.js";
import {addMoney, type Money, toAmount, toMoney} from "../../domain/money.js";
import type {Report, ReportOptions} from "./report.js";
import type {ReportRow} from "./report-rows.js";
import {findTable, parseReportNumber, type ReportTable} from "./report-table.js";

const names = ["Ticket", "Open Time", "Type", "Size", "Item", "Price", "S / L", "Profit"];
const pending = /^(buy|sell) (limit|stop)$/i;

/**
 * The deals of an MT4 statement. MT4 states a trade as one row with its open and its close: here it is two deals, the
 * close bearing the trade's commission, taxes, swap and profit.
 *
 * @returns `undefined` if the report has no Closed Transactions
 */
export function parseMt4Statement(
  file: string,
  rows: readonly ReportRow[],
  options: ReportOptions
): Omit<Report, "statedFigures"> | undefined {
  const closed = findTable(file, rows, "Closed Transactions:", [...names, "Close Time"]);
  if (closed === undefined) return undefined;
  const deals = ticketRows(closed).flatMap((row) => readClosed(closed, row, options));
  checkClosedProfit(closed, deals);
  const open = findTable(file, rows, "Open Trades:", names);
  const openDeals = open === undefined ? [] : ticketRows(open).flatMap((row) => readOpen(open, row, options));
  const all = [...deals, ...openDeals];
  const seen = new Set<string>();
  const doubled = all.find(({ticket}) => seen.size === seen.add(ticket).size);
  if (doubled !== undefined) throw closed.fail(closed.rows[0]!, `ticket ${doubled.ticket} occurs twice`);
  return {kind: "mt4-statement", deals: sortDeals(all), links: new Map(), warnings: []};
}

function ticketRows({rows}: ReportTable): ReportRow[] {
  return rows.filter(({cells}) => /^\d+$/.test(cells[0] ?? ""));
}

function readClosed(table: ReportTable, row: ReportRow, options: ReportOptions): Deal[] {
  const type = table.text(row, "Type").toLowerCase();
  if (type === "balance" || type === "credit") return [readBalance(table, row, options)];
  if (pending.test(type)) return [];
  const opening = readOpen(table, row, options)[0];
  if (opening?.type !== "buy" && opening?.type !== "sell") return [];
  const money = (name: string) => toMoney(table.number(row, name, 0), options.currency);
  const price = table.number(row, "Price 2");
  if (!(price > 0)) throw table.fail(row, `close price not positive: ${price}`);
  const {stopPrice: _, ...trade} = opening;
  const closing: Deal = {
    ...trade,
    ticket: closeTicket(opening.ticket),
    // The rows of a statement stand in any order: of an hour that the clock shows twice only the opening tells which.
    time: options.clock.toUtcAfter(table.wallTime(row, "Close Time"), opening.time - 1),
    type: opening.type === "buy" ? "sell" : "buy",
    entry: "out",
    price,
    profit: money("Profit"),
    commission: money("Commission"),
    swap: money("Swap"),
    fee: money("Taxes")
  };
  if (!(closing.time >= opening.time)) throw table.fail(row, "it closes before it opens");
  return [opening, closing];
}

function readOpen(table: ReportTable, row: ReportRow, {clock, currency, toInstrument}: ReportOptions): Deal[] {
  const type = table.text(row, "Type").toLowerCase();
  if (pending.test(type)) return [];
  if (type !== "buy" && type !== "sell") throw table.fail(row, `unknown Type: ${JSON.stringify(type.slice(0, 40))}`);
  const [volumeLots, price] = [table.number(row, "Size"), table.number(row, "Price")];
  if (!(volumeLots > 0 && price > 0)) throw table.fail(row, `size or price not positive: ${volumeLots} ${price}`);
  const zero = toMoney(0, currency);
  const ticket = table.text(row, "Ticket");
  const stop = table.number(row, "S / L", 0);
  const deal: Deal = {
    ticket,
    time: clock.toUtc(table.wallTime(row, "Open Time")),
    type,
    instrument: toInstrument(table.text(row, "Item")),
    entry: "in",
    position: ticket,
    volumeLots,
    price,
    profit: zero,
    commission: zero,
    swap: zero,
    fee: zero
  };
  return [stop > 0 ? {...deal, stopPrice: stop} : deal];
}

/** Ticket, time, type, the comment over several columns, and the amount at the end. */
function readBalance(table: ReportTable, row: ReportRow, {clock, currency}: ReportOptions): Deal {
  const amount = parseReportNumber(row.cells.at(-1) ?? "");
  if (!Number.isFinite(amount))
    throw table.fail(row, `invalid amount: ${JSON.stringify(row.cells.at(-1)?.slice(0, 40))}`);
  const zero = toMoney(0, currency);
  const time = clock.toUtc(table.wallTime(row, "Open Time"));
  const ticket = table.text(row, "Ticket");
  return {type: "balance", ticket, time, profit: toMoney(amount, currency), commission: zero, swap: zero, fee: zero};
}

/** `Closed P/L:` below the rows adds them up, with or without money paid in. */
function checkClosedProfit(table: ReportTable, deals: readonly Deal[]): void {
  const total = table.rows.find(({cells}) => cells.includes("Closed P/L:"));
  const stated = parseReportNumber(total?.cells.at(-1) ?? "");
  if (total === undefined || !Number.isFinite(stated)) return;
  const net = ({profit, commission, swap, fee}: Deal): Money => [profit, commission, swap, fee].reduce(addMoney);
  const sum = (some: readonly Deal[]) => some.reduce((amount, deal) => amount + toAmount(net(deal)), 0);
  const sums = [sum(deals.filter(({type}) => type !== "balance")), sum(deals)];
  if (!sums.some((amount) => Math.abs(amount - stated) < 0.02))
    throw table.fail(total, `the trades add up to ${sums[0]!.toFixed(2)}, not to the Closed P/L printed: ${stated}`);
}
