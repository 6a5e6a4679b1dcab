import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {BarSeries} from "../../services/domain/bar.js";
import type {Catalog, Dataset} from "../../services/domain/dataset.js";
import type {Deal, TradeDeal} from "../../services/domain/deal.js";
import {toMoney} from "../../services/domain/money.js";
import {DAY_MS} from "../../services/domain/time.js";
import {dealsId, positionsId} from "../../services/snapshots/dataset-id.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {encodePositions} from "../../services/snapshots/encode-positions.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {openStoreForWriting} from "../../services/snapshots/store.js";
import {sampleBars, sampleDataset, tuesday} from "../snapshots/samples.js";
import {busyDeals} from "./busy-deals.js";
import {createWorkspace, type Workspace} from "./workspace.js";

/** The first page, the Data page and the pages of an account, built on what was pulled from files. */
export interface DeskSite {
  readonly workspace: Workspace;
  readonly dist: string;
  /** What the snapshots hold, read as a loader would. */
  deals(): Promise<Deal[]>;
  bars(symbol: string): Promise<BarSeries>;
  catalog(): Catalog;
}

/** Days of minutes; the account deals on all but the last of them. */
export const deskDays = 30;
/** Minutes of the fifth day that its source does not have. */
export const hole = {day: 4, first: 600, end: 620} as const;

const deskPages = ["index.md", "data.md", "trades/[account].md"];
const stubs = ["live.md", "sql.md", "markets/index.md", "markets/[instrument].md"];

/**
 * Builds it: two instruments around the clock with a hole in one day, an account with a deal that closes nothing.
 *
 * @param bars the minutes of EURUSD, at whose prices the account deals
 * @param others the minutes of GBPUSD; the same unless told
 * @param zone of display
 * @param pages those that it holds, others as stubs; `all` for every page of the project
 */
export async function buildDeskSite({
  bars = sampleBars(deskDays * 1_440, {base: 1.1}),
  others = undefined as BarSeries | undefined,
  zone = "UTC",
  pages = deskPages as readonly string[] | "all",
  base = "/"
} = {}): Promise<DeskSite> {
  const workspace = createWorkspace(
    pages === "all"
      ? undefined
      : {
          ...Object.fromEntries(stubs.map((path) => [`src/${path}`, "# Page\n\nNothing here.\n"])),
          ...Object.fromEntries(pages.map((path) => [`src/${path}`, readFileSync(`src/${path}`, "utf8")]))
        }
  );
  workspace.write("minutes/EURUSD.csv", csvOf(bars));
  workspace.write("minutes/GBPUSD.csv", csvOf(others ?? bars));
  workspace.write("data/settings.yaml", settingsIn(zone));
  run(workspace, "snapshot", ["bars"]);
  await writeAccount(workspace, [...busyDeals(bars, deskDays - 3), orphan]);
  run(workspace, "build", ["--no-verify", "--base", base]);
  const bytes = (id: string) =>
    new Uint8Array(readFileSync(join(workspace.dir, `data/snapshots/${id}.parquet`))).buffer;
  return {
    workspace,
    dist: join(workspace.dir, "dist"),
    deals: () => readDeals(bytes("deals/alpha")),
    bars: (symbol) => readBars(bytes(`bars/MT5-${symbol}/1m`)),
    catalog: () => JSON.parse(readFileSync(join(workspace.dir, "data/snapshots/catalog.json"), "utf8")) as Catalog
  };
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

async function writeAccount(workspace: Workspace, deals: readonly Deal[]): Promise<void> {
  const taken = tuesday + deskDays * DAY_MS;
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
  const [id, positions] = [dealsId("alpha"), positionsId("alpha")];
  const ordered = deals.toSorted((a, b) => a.time - b.time);
  const extent = {firstTime: ordered[0]!.time, lastTime: ordered.at(-1)!.time, rows: deals.length};
  await store.write(id, encodeDeals(ordered, {id, currency: "USD", lineage: lineage({id, kind: "deals", ...extent})}));
  const none = {positions: [] as const};
  const held = lineage({id: positions, kind: "positions", firstTime: null, lastTime: null, rows: 0});
  await store.write(positions, encodePositions(none, {id: positions, currency: "USD", lineage: held}));
  await store.close();
}

const source = (symbol: string) =>
  `{kind: csv, folder: ../minutes, files: ${symbol}.csv, zone: UTC, columns: {time: time, open: open, high: high, low: low, close: close, volume: volume}, timeframe: 1m}`;
const instrument = (symbol: string) =>
  `{id: "MT5:${symbol}", name: ${symbol}, source: ${symbol.toLowerCase()}, assetClass: fx, currency: USD, tickSize: 0.00001, contractSize: 100000, calendar: crypto, timeframes: {1m: all}}`;
const settingsIn = (zone: string) => `
title: Desk
simulated: true
display: {zone: ${zone}, locale: en-GB}
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
