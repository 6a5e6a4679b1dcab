import {addMoney, type Money, toAmount} from "../../services/domain/money.js";
import type {AccountSettings} from "../../services/domain/settings.js";
import type {AccountToday} from "../../services/domain/today.js";
import {sample} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {statTile, tileRow} from "../parts/stat-tile.js";

/**
 * Where an account stands: its equity, its day so far, what is open beside it, its last days with a close and its
 * balance. What the source does not state is said to be unknown.
 */
export function accountTiles(
  {days, deals, balance, floating, openPositions, standing}: AccountToday,
  {currency, zone}: AccountSettings,
  format: Formats
) {
  const last = days.at(-1);
  const trips = days.reduce((sum, {n}) => sum + n, 0);
  const wins = days.reduce((sum, day) => sum + day.wins, 0);
  const net = days.reduce<Money>((sum, day) => addMoney(sum, day.net), {minor: 0, currency});
  const signed = (money: Money) => format.money(money, {signed: true});
  const stated = standing?.stated;
  const day = standing?.day;
  const openReason =
    stated === undefined && standing !== undefined
      ? "the source holds history only"
      : openPositions === 0
        ? "nothing is open"
        : "positions are in several currencies";
  const openTile = () =>
    statTile({
      figure: "open-profit",
      label: "Open profit",
      value: floating && toAmount(floating),
      text: floating === undefined ? "–" : signed(floating),
      unit: currency,
      basis:
        stated === undefined && openPositions === 0
          ? "open positions are not stated"
          : `${sample(openPositions, "position", format)}, as the broker states it; not in what is closed`,
      reason: openReason,
      isSigned: true
    });
  return tileRow([
    statTile({
      figure: "equity",
      label: "Equity",
      value: stated && toAmount(stated.equity),
      text: format.money(stated?.equity),
      unit: currency,
      basis: stated === undefined ? "the broker states none" : `as the broker stated it ${format.zoned(stated.time)}`,
      reason: "the source holds history only"
    }),
    statTile({
      figure: "day-result",
      label: day === undefined || day.date === "" ? "Closed today" : `Closed on ${formatSessionDate(day.date, format)}`,
      value: day && toAmount(day.net),
      text: day === undefined ? "–" : signed(day.net),
      unit: currency,
      change: day === undefined || day.n === 0 ? undefined : `${format.count(day.wins)} of ${format.count(day.n)} won`,
      basis: `${sample(day?.n ?? 0, "round trip", format)}; the day ends in ${zone}`,
      reason: "not known",
      isSigned: true
    }),
    openTile(),
    statTile({
      figure: "last-day",
      label: "Last day with a close",
      value: last && toAmount(last.net),
      text: last === undefined ? "–" : signed(last.net),
      unit: currency,
      basis:
        last === undefined
          ? "n\u202f=\u202f0"
          : `${sample(last.n, "round trip", format)}, ${formatSessionDate(last.date, format)}`,
      reason: "nothing closed yet",
      isSigned: true
    }),
    statTile({
      figure: "last-days",
      label: days.length === 1 ? "All days with a close" : `Last ${format.count(days.length)} days with a close`,
      value: trips === 0 ? undefined : toAmount(net),
      text: trips === 0 ? "–" : signed(net),
      unit: currency,
      change: trips === 0 ? undefined : `${format.count(wins)} of ${format.count(trips)} won`,
      basis: sample(trips, "round trip", format),
      reason: "nothing closed yet",
      isSigned: true
    }),
    statTile({
      figure: "balance",
      label: "Balance of closed trades",
      value: balance && toAmount(balance),
      text: format.money(balance),
      unit: currency,
      basis: sample(deals, "deal", format),
      reason: "no deposit yet"
    })
  ]);
}
