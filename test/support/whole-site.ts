import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {BarSeries} from "../../services/domain/bar.js";
import type {Catalog, Dataset} from "../../services/domain/dataset.js";
import type {Deal, TradeDeal} from "../../services/domain/deal.js";
import {toMoney} from "../../services/domain/money.js";
import type {Position} from "../../services/domain/position.js";
import {DAY_MS} from "../../services/domain/time.js";
import {dealsId, positionsId} from "../../services/snapshots/dataset-id.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {encodePositions} from "../../services/snapshots/encode-positions.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {openStoreForWriting} from "../../services/snapshots/store.js";
import {sampleDataset, tuesday} from "../snapshots/samples.js";
import {busyDeals} from "./busy-deals.js";
import {shared} from "./shared-folder.js";
import {wanderingBars} from "./wandering-bars.js";
import {createWorkspace, type Workspace, workspaceAt} from "./workspace.js";

/** Every page of the project, on two instruments and an account that were pulled from files. */
export interface WholeSite {
  readonly workspace: Workspace;
  readonly dist: string;
  /** What the snapshots hold, read as a loader would. */
  deals(): Promise<Deal[]>;
  bars(symbol: string): Promise<BarSeries>;
  catalog(): Catalog;
}

/** Days of minutes: enough for every headline figure to have a value, and for most inputs to leave some out. */
export const wholeDays = 64;
/** Below which path it is served. */
export const wholeBase = "/desk/";
/** Minutes of the fifth day that its source does not have. */
export const hole = {day: 4, first: 600, end: 620} as const;

/**
 * Two instruments around the clock with a hole in one day, an account with a deal that closes nothing: built once for
 * all files of tests that ask for it, which only read it.
 */
export async function sharedWholeSite(): Promise<WholeSite> {
  const dir = await shared("whole-site", build);
  const bytes = (id: string) => new Uint8Array(readFileSync(join(dir, `data/snapshots/${id}.parquet`))).buffer;
  return {
    workspace: workspaceAt(dir),
    dist: join(dir, "dist"),
    deals: () => readDeals(bytes("deals/alpha")),
    bars: (symbol) => readBars(bytes(`bars/MT5-${symbol}/1m`)),
    catalog: () => JSON.parse(readFileSync(join(dir, "data/snapshots/catalog.json"), "utf8")) as Catalog
  };
}

async function build(dir: string): Promise<void> {
  const workspace = createWorkspace(undefined, dir);
  const bars = wanderingBars(wholeDays * 1_440, 11);
  workspace.write("minutes/EURUSD.csv", csvOf(bars));
  workspace.write("minutes/GBPUSD.csv", csvOf(wanderingBars(wholeDays * 1_440, 12)));
  workspace.write("data/settings.yaml", settings);
  run(workspace, "snapshot", ["bars"]);
  await writeAccount(workspace, busyDeals(bars, wholeDays - 3));
  run(workspace, "build", ["--no-verify", "--base", wholeBase]);
}

function run(workspace: Workspace, command: string, args: readonly string[]): void {
  const {code, output} = workspace.run(command, args);
  if (code !== 0) throw new Error(`${command} failed: ${output}`);
}

function csvOf({length, time, open, high, low, close, volume}: BarSeries): string {
  const lines = ["time,open,high,low,close,volume"];
  for (let i = 0; i < length; ++i) {
    const minute = i - hole.day * 1_440;
    if (minute >= hole.first && minute < hole.end) continue;
    const prices = [open[i], high[i], low[i], close[i]].map((price) => price!.toFixed(8));
    lines.push([new Date(time[i]!).toISOString(), ...prices, volume[i]].join(","));
  }
  return `${lines.join("\n")}\n`;
}

const usd = (amount: number) => toMoney(amount, "USD");
const orphan: TradeDeal = {
  ticket: "9001",
  time: tuesday + 3 * DAY_MS,
  type: "sell",
  entry: "out",
  instrument: "MT5:EURUSD",
  position: "lost",
  volumeLots: 0.1,
  price: 1.1,
  profit: usd(12.5),
  commission: usd(0),
  swap: usd(0),
  fee: usd(0)
};

/** Two positions, so that there is an exposure to speak of. */
const open = {volumeLots: 0.2, openTime: tuesday + (wholeDays - 4) * DAY_MS, openPrice: 1.1, currentPrice: 1.12};
const positions: readonly Position[] = [
  {...open, ticket: "9101", instrument: "MT5:EURUSD", side: "buy", profit: usd(400)},
  {...open, ticket: "9102", instrument: "MT5:GBPUSD", side: "sell", profit: usd(-420.5)}
];

async function writeAccount(workspace: Workspace, closed: readonly Deal[]): Promise<void> {
  const taken = tuesday + wholeDays * DAY_MS;
  const deals = [...closed, orphan];
  const lineage = (changes: Partial<Dataset>) => {
    const {
      sha256: _sha256,
      bytes: _bytes,
      instrument: _id,
      timeframe: _timeframe,
      ...rest
    } = sampleDataset({
      source: "reports",
      sourceKind: "mt5-files",
      account: "alpha",
      coverage: [],
      gaps: [],
      checkedTime: taken,
      takenTime: taken,
      ...changes
    });
    return rest;
  };
  const store = await openStoreForWriting(join(workspace.dir, "data/snapshots"));
  const id = dealsId("alpha");
  const ordered = deals.toSorted((a, b) => a.time - b.time);
  const extent = {firstTime: ordered[0]!.time, lastTime: ordered.at(-1)!.time, rows: deals.length};
  await store.write(id, encodeDeals(ordered, {id, currency: "USD", lineage: lineage({id, kind: "deals", ...extent})}));
  const held = positionsId("alpha");
  const none = {firstTime: null, lastTime: null, rows: positions.length};
  await store.write(
    held,
    encodePositions({positions}, {id: held, currency: "USD", lineage: lineage({id: held, kind: "positions", ...none})})
  );
  await store.close();
}

const source = (symbol: string) =>
  `{kind: csv, folder: ../minutes, files: ${symbol}.csv, zone: UTC, columns: {time: time, open: open, high: high, low: low, close: close, volume: volume}, timeframe: 1m}`;
const instrument = (symbol: string) =>
  `{id: "MT5:${symbol}", name: ${symbol}, source: ${symbol.toLowerCase()}, assetClass: fx, currency: USD, tickSize: 0.00001, contractSize: 100000, calendar: crypto, timeframes: {1m: all}}`;
const settings = `
title: Whole
simulated: true
display: {zone: Asia/Kolkata, locale: en-GB} # another than the venue's
sources:
  eurusd: ${source("EURUSD")}
  gbpusd: ${source("GBPUSD")}
  reports: {kind: mt5-files, folder: ., clock: {zone: UTC, offsetHours: 0}}
instruments:
  - ${instrument("EURUSD")}
  - ${instrument("GBPUSD")}
accounts:
  - {id: alpha, name: Alpha, source: reports, currency: USD}
`;
