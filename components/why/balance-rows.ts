import type {BalancePoint} from "../../services/analytics/performance/balance-curve.js";
import {toAmount} from "../../services/domain/money.js";
import {formatIso} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {numberColumn, textColumn, timeColumn} from "./columns.js";
import type {WhyRow, WhyRows} from "./why.js";

/** The steps of an account's balance as rows: what each close made and each payment moved, oldest first. */
export function balanceRows(steps: readonly BalancePoint[], currency: string, format: Formats): WhyRows {
  const amount = (value: number) => format.amount(value, currency);
  const signed = (value: number) => format.amount(value, currency, {signed: true});
  return {
    caption: "Steps of the balance",
    columns: [
      timeColumn("Time", format),
      textColumn("Deal"),
      textColumn("Kind"),
      numberColumn("Change", signed, {unit: currency, isSigned: true}),
      numberColumn("Balance", amount, {unit: currency})
    ],
    rows: steps.map(({time, ticket, isOperation, change, balance}) => ({
      Time: formatIso(time),
      Deal: ticket,
      Kind: isOperation ? "paid in or out" : "trade",
      Change: toAmount(change),
      Balance: toAmount(balance)
    }))
  };
}

/** The largest fall of a balance below its peak, ≤ 0, from such rows; payments move both. */
export function largestFall(rows: readonly WhyRow[]): number {
  let [balance, peak, fall] = [0, 0, 0];
  for (const {Kind, Change} of rows) {
    balance += Number(Change);
    peak = Math.max(balance, Kind === "trade" ? peak : peak + Number(Change));
    fall = Math.min(fall, balance - peak);
  }
  return fall;
}
