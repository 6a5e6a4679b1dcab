import {describe, expect, it} from "vitest";
import type {Deal} from "../../../services/domain/deal.js";
import {mergeReports} from "../../../services/sources/files/merge-reports.js";
import type {Report} from "../../../services/sources/files/report.js";
import {history, net, netting, parse, statement, tester, trades} from "./report-samples.js";

describe("an MT5 account history, as newer terminals save it", () => {
  it("gives deposits, credits, partial closes, fees, stops and the positions that its own table names", () => {
    const {kind, deals, statedFigures} = parse(history, "EUR");
    expect(kind).toBe("mt5-history");
    expect(deals.map(({type}) => type)).toEqual(["balance", "buy", "buy", "sell", "balance", "sell", "sell"]);
    // The second position was closed first, and its close says so by time and price.
    expect(trades(deals).map(({position}) => position)).toEqual(["501", "502", "502", "501", "501"]);
    expect(trades(deals).map(({volumeLots}) => volumeLots)).toEqual([1, 1, 1, 0.4, 0.6]);
    expect(trades(deals)[0]).toMatchObject({
      ticket: "9002",
      time: Date.UTC(2024, 2, 4, 8),
      stopPrice: 1.075,
      instrument: "MT5:EURUSD"
    });
    expect(trades(deals)[3]!.fee).toEqual({minor: -10, currency: "EUR"});
    expect(net(trades(deals))).toBeCloseTo(352.65, 9);
    expect(statedFigures.net).toEqual([352.65]);
  });

  it("carries no number, name or comment of the account", () => {
    expect(JSON.stringify(parse(history, "EUR"))).not.toMatch(/70001234|Jane|Broker/);
  });

  it("is refused where the account is in another currency", () => {
    expect(() => parse(history, "USD")).toThrow(/r\.html:13: the report is in EUR, the account in settings in USD/);
  });

  it.each([
    [
      "a deal is missing",
      history.replace(/.*>9006<.*\n/, ""),
      /r\.html:31: balance 10352.65 does not follow: 10262.15/
    ],
    [
      "a figure is garbled",
      history.replace("92.00</td><td>10 170.75", "93.00</td><td>10 170.75"),
      /balance 10170.75 does not follow: 10171.75/
    ],
    ["a deal is doubled", history.replace(/(.*>9004<.*\n)/, "$1$1"), /deal 9004 occurs twice/],
    [
      "the last deals are missing",
      history.replace(/.*>9006<.*\n.*>9007<.*\n/, ""),
      /profits add up to 92.00, not to the total printed/
    ],
    ["a number is not one", history.replace("1.08250", "1,0825O"), /r\.html:31: invalid Price: "1,0825O"/],
    [
      "a time is not one",
      history.replace("2024.03.05 11:00:00</td><td>9006", "2024.13.05 11:00:00</td><td>9006"),
      /r\.html:31: invalid Time/
    ],
    ["a type is unknown", history.replace(">credit<", ">lottery<"), /r\.html:30: unknown Type: "lottery"/],
    ["a direction is unknown", history.replace(">out<", ">sideways<"), /unknown Direction: "sideways"/],
    [
      "it is in another language",
      history.replaceAll(">Deals<", ">Сделки<"),
      /no table of deals: save MetaTrader's report as HTML, in English/
    ],
    ["it is no HTML", "Time;Deal", /no <\/html> at its end/]
  ])("is refused with its line where %s", (_, text, message) => {
    expect(() => parse(text, "EUR")).toThrow(message);
  });
});

describe("reports of a night on which the server's clock shows an hour twice", () => {
  const athens = (text: string, currency: string) => parse(text, currency, {zone: "Europe/Athens", offsetHours: 0});
  const [first, second] = [Date.UTC(2024, 9, 27, 0, 50), Date.UTC(2024, 9, 27, 1, 15)];

  it("an MT5 history keeps the order of its deals, and the positions that its table names", () => {
    const text = history
      .replaceAll("2024.03.04 11:00:00", "2024.10.27 03:50:00")
      .replaceAll("2024.03.05 09:00:00", "2024.10.27 03:15:00")
      .replaceAll("2024.03.05", "2024.10.28");
    const {deals} = athens(text, "EUR");
    expect(deals.slice(2, 4).map(({time}) => time)).toEqual([first, second]);
    expect(trades(deals).map(({position}) => position)).toEqual(["501", "502", "502", "501", "501"]);
  });

  it("an MT4 tester keeps the order of its rows", () => {
    const text = tester.replace("2024.01.02 03:00", "2024.10.27 03:50").replace("2024.01.02 04:00", "2024.10.27 03:10");
    const {deals} = athens(
      text
        .replace("2024.01.02 09:00", "2024.10.27 03:15")
        .replaceAll("2024.01.03", "2024.10.28")
        .replaceAll("2024.01.04", "2024.10.29"),
      "USD"
    );
    expect(deals.slice(1, 3).map(({time}) => time)).toEqual([first, second]);
  });

  it("an MT4 statement closes no trade before it opens", () => {
    const text = statement
      .replace("2024.03.04 10:00:00", "2024.10.27 03:50:00")
      .replace("2024.03.04 15:00:00", "2024.10.27 03:15:00");
    const {deals} = athens(text, "USD");
    const times = deals.flatMap((deal) => (deal.ticket.startsWith("101") ? [deal.time] : []));
    expect(times).toEqual([first, second]);
  });
});

describe("an MT5 strategy tester on a netting account", () => {
  it("keeps one position from flat to flat, through a reversal", () => {
    const {kind, deals} = parse(netting);
    expect(kind).toBe("mt5-tester");
    expect(trades(deals).map(({entry, position}) => [entry, position])).toEqual([
      ["in", "2"],
      ["in", "2"],
      ["inout", "2"],
      ["out", "2"],
      ["in", "6"],
      ["out", "6"]
    ]);
    expect(net(trades(deals))).toBeCloseTo(3.1, 9);
  });
});

describe("an MT4 statement", () => {
  it("gives each trade as its open and its close, partial closes and open trades included", () => {
    const {kind, deals} = parse(statement);
    expect(kind).toBe("mt4-statement");
    expect(deals.map(({ticket}) => ticket)).toEqual(["100", "101", "103", "101-close", "103-close", "104"]);
    expect(trades(deals).map(({type, entry, position, price}) => [type, entry, position, price])).toEqual([
      ["buy", "in", "101", 1.08],
      ["buy", "in", "103", 1.08],
      ["sell", "out", "101", 1.0825],
      ["sell", "out", "103", 1.079],
      ["sell", "in", "104", 1.27]
    ]);
    expect(deals[1]).toMatchObject({stopPrice: 1.075, time: Date.UTC(2024, 2, 4, 8)});
    expect(deals[4]).toMatchObject({
      profit: {minor: -6_000},
      commission: {minor: -300},
      swap: {minor: -120},
      fee: {minor: -50}
    });
    expect(net(trades(deals))).toBeCloseTo(33.3, 9);
    expect(JSON.stringify(deals)).not.toMatch(/5512345|rez/);
  });

  it.each([
    [
      "a trade is missing",
      statement.replace(/.*>103<.*\n/, ""),
      /r\.html:\d+: the trades add up to 98.00, not to the Closed P\/L printed: 33.3/
    ],
    [
      "it closes before it opens",
      statement.replace("2024.03.04 15:00:00", "2024.03.03 15:00:00"),
      /r\.html:14: it closes before it opens/
    ],
    ["a ticket occurs twice", statement.replace(">103<", ">101<"), /ticket 101 occurs twice/]
  ])("is refused where %s", (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});

describe("an MT4 strategy tester", () => {
  it("begins with its deposit and follows each order to its close", () => {
    const {kind, deals, statedFigures} = parse(tester);
    expect(kind).toBe("mt4-tester");
    expect(deals[0]).toMatchObject({type: "balance", profit: {minor: 1_000_000}});
    expect(trades(deals).map(({type, entry, position, instrument}) => [type, entry, position, instrument])).toEqual([
      ["buy", "in", "1", "MT5:EURUSD"],
      ["sell", "out", "1", "MT5:EURUSD"],
      ["sell", "in", "2", "MT5:EURUSD"],
      ["buy", "out", "2", "MT5:EURUSD"]
    ]);
    expect(statedFigures).toMatchObject({
      net: [55],
      profitFactor: [3.75],
      balanceDrawdownMaximal: [20, 0.002],
      trades: [2],
      short: [1, 1],
      long: [1, 0]
    });
  });

  it("is refused where its balance does not follow", () => {
    expect(() => parse(tester.replace(">75.00</td><td class=mspt>10055", ">76.00</td><td class=mspt>10055"))).toThrow(
      /r\.html:\d+: balance 10055 does not follow: 10056.00/
    );
  });
});

describe("several reports of one account", () => {
  const [whole, first, second] = [history, cutAfter(history, "9003", "9993.00", "-7.00", "0.00"), history].map((text) =>
    parse(text, "EUR")
  );

  it("tell positions over all of them: a close in one belongs to an opening in the other", () => {
    const later: Report = {...second!, deals: second!.deals.slice(3), links: new Map([...second!.links].slice(2))};
    const alone = mergeReports([later]).filter((deal) => deal.type !== "balance");
    expect(alone.map((deal) => deal.position)).toEqual(["503", "504", "505"]);
    expect(mergeReports([first!, later]).map(positionOf)).toEqual(whole!.deals.map(positionOf));
    expect(mergeReports([whole!, whole!])).toEqual(whole!.deals);
  });

  it("are refused where they contradict each other", () => {
    const other = parse(history.replaceAll("1.08250", "1.08260"), "EUR");
    expect(() => mergeReports([whole!, other])).toThrow(/two reports state deal 9006 differently/);
  });
});

const positionOf = (deal: Deal) => (deal.type === "balance" ? "" : deal.position);

/** A report that ends with a deal. */
function cutAfter(text: string, ticket: string, balance: string, commission: string, profit: string): string {
  const lines = text.split("\n");
  const last = lines.findIndex((line) => line.includes(`>${ticket}<`));
  const totals = lines.findIndex((line, i) => i > last && line.includes('<td colspan="8">'));
  const row = `<tr><td colspan="8"></td><td>${commission}</td><td>0.00</td><td>0.00</td><td>${profit}</td><td>${balance}</td><td></td></tr>`;
  return [...lines.slice(0, last + 1), row, ...lines.slice(totals + 1)].join("\n");
}
