import {readFileSync} from "node:fs";
import type {Deal, TradeDeal} from "../../../services/domain/deal.js";
import {addMoney, toAmount} from "../../../services/domain/money.js";
import {parseReport} from "../../../services/sources/files/parse-report.js";
import {createClock} from "../../../services/sources/mt5/clock.js";

const newYork = {zone: "America/New_York", offsetHours: 7};
const fixture = (name: string) => readFileSync(`test/fixtures/${name}`, "utf8");
export const [history, netting, statement, tester] = [
  "mt5/history-report.html",
  "mt5/netting-report.html",
  "mt4/statement.html",
  "mt4/tester.html"
].map(fixture) as [string, string, string, string];

export const parse = (text: string, currency = "USD", rule = newYork) =>
  parseReport(
    {name: "r.html", text},
    {clock: createClock(rule), currency, toInstrument: (symbol) => `MT5:${symbol.toUpperCase()}`}
  );
export const trades = (deals: readonly Deal[]) => deals.filter((deal): deal is TradeDeal => deal.type !== "balance");
export const net = (deals: readonly Deal[]) =>
  toAmount(
    deals.map(({profit, commission, swap, fee}) => [profit, commission, swap, fee].reduce(addMoney)).reduce(addMoney)
  );
