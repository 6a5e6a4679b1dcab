import {type BalancePoint, balanceCurve} from "../../services/analytics/performance/balance-curve.js";
import {reconcile} from "../../services/analytics/performance/reconcile.js";
import {type RoundTrips, roundTrips} from "../../services/analytics/performance/round-trips.js";
import type {BarSeries} from "../../services/domain/bar.js";
import {barClose} from "../../services/domain/bar-close.js";
import {sessionAt, type TradingCalendar} from "../../services/domain/calendar.js";
import type {Deal} from "../../services/domain/deal.js";
import {addMoney, type Money} from "../../services/domain/money.js";
import type {AccountState, Position} from "../../services/domain/position.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {type AccountSettings, withBars} from "../../services/domain/settings.js";
import type {
  AccountDay,
  AccountStanding,
  AccountToday,
  InstrumentToday,
  LedgerMonth,
  SessionClose,
  Today
} from "../../services/domain/today.js";
import {dateIn} from "../../services/domain/zone.js";
import {dealsId, positionsId} from "../../services/snapshots/dataset-id.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readAccountState, readPositions} from "../../services/snapshots/read-positions.js";
import {openStore, type SnapshotStore} from "../../services/snapshots/store.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import {dataDir} from "./data-dir.js";
import {dailyBars} from "./load-chart-bars.js";
import type {Loaded} from "./run-loader.js";

const sessionsKept = 30;

/** Where every instrument and account stands after its last session, for the first page. */
export async function loadToday(settings = loadSettings()): Promise<Loaded> {
  const store = openStore(dataDir());
  const inputs = [...settings.files];
  const instruments: InstrumentToday[] = [];
  for (const instrument of withBars(settings.site)) {
    const {bars, path} = await dailyBars(store, instrument, settings);
    const calendar = settings.site.calendars[instrument.calendar]!;
    instruments.push({instrument: instrument.id, sessions: lastSessions(bars, calendar)});
    inputs.push(path);
  }
  const accounts: AccountToday[] = [];
  for (const account of settings.site.accounts) {
    accounts.push(await accountToday(store, account));
    inputs.push(store.path(dealsId(account.id)), store.path(positionsId(account.id)));
  }
  const today: Today = {instruments, accounts};
  return {content: JSON.stringify(today), inputs};
}

function lastSessions({length, time, close, volume}: BarSeries, calendar: TradingCalendar): SessionClose[] {
  const first = Math.max(0, length - sessionsKept);
  return Array.from({length: length - first}, (_, k) => {
    const i = first + k;
    const date = sessionAt(calendar, time[i]!)?.date ?? dateIn(calendar.zone, time[i]!);
    return {date, closeTime: barClose(time[i]!, "1d", calendar), close: close[i]!, volume: volume[i]!};
  });
}

async function accountToday(store: SnapshotStore, {id, zone, currency}: AccountSettings): Promise<AccountToday> {
  const {bytes, dataset} = await store.read(dealsId(id));
  const deals = await readDeals(bytes);
  const held = (await store.read(positionsId(id))).bytes;
  const positions = await readPositions(held);
  const points = balanceCurve(deals);
  const history = roundTrips(deals);
  const days = accountDays(history.trips, zone);
  const asOf = dataset.sourceKind === "mt5-files" ? dataset.lastTime : dataset.checkedTime;
  const balance = points.at(-1)?.balance;
  const floating = addUp(positions);
  return {
    account: id,
    asOf,
    deals: deals.length,
    openPositions: positions.length,
    ...(balance && {balance}),
    ...(floating && {floating}),
    days: days.slice(-sessionsKept),
    ledger: ledgerOf(points, zone),
    positions: positions.map(({instrument, side, volumeLots, profit}) => ({instrument, side, volumeLots, profit})),
    standing: standingOf(deals, history, {
      currency,
      positions,
      state: readAccountState(held),
      day: dayAt(days, asOf === null ? "" : dateIn(zone, asOf), currency)
    })
  };
}

function dayAt(days: readonly AccountDay[], date: string, currency: string): AccountDay {
  return days.find((day) => day.date === date) ?? {date, n: 0, wins: 0, net: {minor: 0, currency}};
}

function standingOf(
  deals: readonly Deal[],
  history: RoundTrips,
  {
    currency,
    positions,
    state,
    day
  }: {currency: string; positions: Position[]; state?: AccountState | undefined; day: AccountDay}
): AccountStanding {
  const {stated, mismatches} = reconcile(deals, history, {currency, state, positions: state && positions});
  const [problem] = history.problems;
  return {
    day,
    problems: history.problems.length,
    mismatches: mismatches.length,
    ...(state && {stated: {time: state.time, balance: state.balance, equity: state.equity}}),
    ...(stated && {difference: stated.difference}),
    ...(problem && {problem: problem.message})
  };
}

function ledgerOf(points: readonly BalancePoint[], zone: string): LedgerMonth[] {
  const months = new Map<string, LedgerMonth>();
  for (const {time, change} of points) {
    const month = dateIn(zone, time).slice(0, 7);
    const {n, change: before} = months.get(month) ?? {n: 0, change: {minor: 0, currency: change.currency}};
    months.set(month, {month, n: n + 1, change: addMoney(before, change)});
  }
  return [...months.values()];
}

function addUp(positions: readonly Position[]): Money | undefined {
  const currencies = new Set(positions.map(({profit}) => profit.currency));
  return currencies.size === 1 ? positions.map(({profit}) => profit).reduce(addMoney) : undefined;
}

function accountDays(trips: readonly RoundTrip[], zone: string): AccountDay[] {
  const days = new Map<string, AccountDay>();
  for (const {closeTime, net} of trips) {
    const date = dateIn(zone, closeTime);
    const {n, wins, net: before} = days.get(date) ?? {n: 0, wins: 0, net: {minor: 0, currency: net.currency}};
    days.set(date, {date, n: n + 1, wins: wins + (net.minor > 0 ? 1 : 0), net: addMoney(before, net)});
  }
  return [...days.values()];
}
