import type {Dataset} from "../../services/domain/dataset.js";
import {toAmount} from "../../services/domain/money.js";
import type {AccountSettings} from "../../services/domain/settings.js";
import type {AccountToday, StatedAccount} from "../../services/domain/today.js";
import type {Formats} from "../format/create-formats.js";
import {numberColumn, textColumn} from "./columns.js";
import {sumOf, valuesOf} from "./recompute.js";
import {spanOf, type Why, type WhyRow} from "./why.js";

/** One account as the first page shows it. */
export interface TodayContext {
  readonly today: AccountToday;
  readonly account: AccountSettings;
  readonly deals: Dataset;
  readonly positions: Dataset;
  readonly format: Formats;
}

/** What one figure of an account on the first page stands on. @throws {RangeError} for an unknown figure */
export function todayWhy(name: string, context: TodayContext): Why {
  const figure = figures[name];
  if (figure === undefined) throw new RangeError(`unknown figure: ${name}`);
  const {account, format} = context;
  const show = (value: number) => `${format.amount(value, account.currency, {signed: true})}\u00a0${account.currency}`;
  return {show, inputs: [["Account day", `ends in ${account.zone}`]], ...figure(context)};
}

const net = (rows: readonly WhyRow[]) => sumOf(valuesOf(rows, "Net"));

const figures: Readonly<Record<string, (context: TodayContext) => Omit<Why, "show" | "inputs"> & Partial<Why>>> = {
  equity: ({today, account, positions, format}) => {
    const stated = today.standing?.stated;
    const parts = stated === undefined ? [] : equityParts(stated, today);
    return {
      name: "Equity",
      value: stated && toAmount(stated.equity),
      reason: "the source holds history only",
      show: (value) => `${format.amount(value, account.currency)}\u00a0${account.currency}`,
      formula: "balance + profit of open positions + rest",
      definition:
        "What the account would be worth if all that is open were closed at the broker's last prices, as the broker states it; the rest is what it states beyond balance and open profit, as swap not booked yet or credit.",
      recompute: {words: "Sum of Amount", of: (rows) => sumOf(valuesOf(rows, "Amount"))},
      rows: {
        caption: "Parts of equity",
        columns: [
          textColumn("Part"),
          numberColumn("Amount", (value) => format.amount(value, account.currency, {signed: true}), {
            unit: account.currency,
            isSigned: true
          })
        ],
        rows: parts
      },
      datasets: [positions],
      knownAt: stated === undefined ? "not yet" : `${format.zoned(stated.time)}, when the broker was asked`
    };
  },
  "day-result": (context) => {
    const day = context.today.standing?.day;
    const ofDay = {...context, today: {...context.today, days: day === undefined ? [] : [day]}};
    return {
      ...ofDays(ofDay, 1),
      name: "Closed on the account's day",
      formula: "Σ net of the day",
      definition:
        "What the round trips closed so far on the account's own day made together, after costs; what is still open is apart.",
      recompute: {words: "Sum of Net", of: net}
    };
  },
  "last-day": (context) => ({
    ...ofDays(context, 1),
    name: "Last day with a close",
    formula: "Σ net of the day",
    definition: "What the round trips closed on the account's last day with a close made together, after costs.",
    recompute: {words: "Sum of Net", of: net}
  }),
  "last-days": (context) => ({
    ...ofDays(context, context.today.days.length),
    name: "Last days with a close",
    formula: "Σ net of the days",
    definition:
      "What the round trips closed on these days made together, after costs; days without a close are not among them.",
    recompute: {words: "Sum of Net", of: net}
  }),
  balance: ({today, account, deals, format}) => ({
    name: "Balance of closed trades",
    value: today.balance && toAmount(today.balance),
    reason: "no deposit yet",
    show: (value) => `${format.amount(value, account.currency)}\u00a0${account.currency}`,
    formula: "Σ (profit + commission + swap + fee) over all deals, payments in and out among them",
    definition: "What all deals of the history left in the account; of open positions only costs paid are in it.",
    recompute: {words: "Sum of Change", of: (rows) => sumOf(valuesOf(rows, "Change"))},
    rows: {
      caption: "Balance by month",
      columns: [
        textColumn("Month"),
        numberColumn("Deals", format.count),
        numberColumn("Change", (value) => format.amount(value, account.currency, {signed: true}), {
          unit: account.currency,
          isSigned: true
        })
      ],
      rows: today.ledger.map(({month, n, change}) => ({Month: month, Deals: n, Change: toAmount(change)}))
    },
    datasets: [deals],
    span: spanOf(deals),
    knownAt: format.zoned(today.asOf)
  }),
  "open-profit": ({today, account, positions, format}) => ({
    name: "Open profit",
    value: today.floating && toAmount(today.floating),
    reason: today.openPositions === 0 ? "nothing is open" : "positions are in several currencies",
    formula: "Σ profit of open positions",
    definition: "What the open positions would make at the broker's last price, as the broker states it.",
    recompute: {words: "Sum of Profit", of: (rows) => sumOf(valuesOf(rows, "Profit"))},
    rows: {
      caption: "Open positions",
      columns: [
        textColumn("Instrument"),
        textColumn("Side"),
        numberColumn("Lots", (value) => format.number(value, {decimals: 2})),
        numberColumn("Profit", (value) => format.amount(value, account.currency, {signed: true}), {
          unit: account.currency,
          isSigned: true
        })
      ],
      rows: today.positions.map(({instrument, side, volumeLots, profit}) => ({
        Instrument: instrument.replace(/^\w+:/, ""),
        Side: side === "buy" ? "long" : "short",
        Lots: volumeLots,
        Profit: toAmount(profit)
      }))
    },
    datasets: [positions],
    knownAt: `${format.zoned(positions.takenTime)}, when the broker was asked`
  })
};

/** Balance, open profit, and what the broker states beyond both. */
function equityParts({balance, equity}: StatedAccount, {floating}: AccountToday): WhyRow[] {
  const open = floating?.minor ?? 0;
  const money = (minor: number) => toAmount({minor, currency: equity.currency});
  return [
    {Part: "Balance, as the broker states it", Amount: money(balance.minor)},
    {Part: "Profit of open positions", Amount: money(open)},
    {Part: "Rest", Amount: money(equity.minor - balance.minor - open)}
  ];
}

function ofDays({today, account, deals, format}: TodayContext, count: number) {
  const days = today.days.slice(-count);
  const amount = (value: number) => format.amount(value, account.currency, {signed: true});
  return {
    value: days.length === 0 ? undefined : sumOf(days.map((day) => toAmount(day.net))),
    reason: "nothing closed yet",
    rows: {
      caption: "Days with a close",
      columns: [
        textColumn("Account day"),
        numberColumn("Round trips", format.count),
        numberColumn("Won", format.count),
        numberColumn("Net", amount, {unit: account.currency, isSigned: true})
      ],
      rows: days.map((day) => ({
        "Account day": day.date,
        "Round trips": day.n,
        Won: day.wins,
        Net: toAmount(day.net)
      }))
    },
    datasets: [deals],
    span: spanOf(deals),
    knownAt: `at the last close of ${days.at(-1)?.date ?? "–"}`
  };
}
