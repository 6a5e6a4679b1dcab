import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {BarSeries} from "../../services/domain/bar.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {onlyPages} from "./only-pages.js";
import {shared} from "./shared-folder.js";
import {createWorkspace, type Workspace} from "./workspace.js";

/** A built site of two instruments and nothing but their market pages. */
export interface MarketSite {
  readonly dist: string;
  /** The bars that a snapshot holds, by symbol. */
  bars(symbol: string): Promise<BarSeries>;
}

const start = Date.UTC(2024, 0, 1);

/** The site of a fortnight, built once for all files of tests that ask for it, which only read it. */
export async function sharedMarketSite(): Promise<MarketSite> {
  return siteIn(await shared("market-site", (dir) => void buildMarketSite(14, dir)));
}

/**
 * Builds the site from two files of minutes, so many days around the clock, with a hole of twenty minutes in it.
 *
 * @param kept the page that is as in the site; the others are of no concern and say so
 */
export function buildMarketSite(days: number, dir?: string, kept = "markets/[instrument].md"): Workspace {
  const workspace = createWorkspace(onlyPages(kept), dir);
  workspace.write("minutes/ALPHA.csv", minutesCsv(7, days));
  workspace.write("minutes/BETA.csv", minutesCsv(11, days));
  workspace.write("data/settings.yaml", settings);
  for (const command of ["snapshot", "build"]) {
    const {code, output} = workspace.run(command);
    if (code !== 0) throw new Error(`${command} failed: ${output}`);
  }
  return workspace;
}

function siteIn(dir: string): MarketSite {
  return {
    dist: join(dir, "dist"),
    bars: (symbol) => {
      const {buffer} = new Uint8Array(readFileSync(join(dir, `data/snapshots/bars/X-${symbol}/1m.parquet`)));
      return readBars(buffer);
    }
  };
}

/** A walk on a grid of cents, the same for the same seed. */
function minutesCsv(seed: number, days: number): string {
  let [state, level] = [seed, 10_000];
  const step = (most: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.round((state / 2_147_483_647 - 0.5) * most);
  };
  const lines = ["time,open,high,low,close,volume"];
  for (let i = 0; i < days * 1_440; ++i) {
    const open = level;
    level = Math.max(1_000, level + step(20));
    const [high, low] = [Math.max(open, level) + Math.abs(step(9)), Math.min(open, level) - Math.abs(step(9))];
    const volume = 10 + Math.abs(step(400));
    if (i >= 19_900 && i < 19_920) continue;
    const prices = [open, high, low, level].map((cents) => (cents / 100).toFixed(2));
    lines.push([new Date(start + i * 60_000).toISOString(), ...prices, volume].join(","));
  }
  return `${lines.join("\n")}\n`;
}

const source = (symbol: string) =>
  `{kind: csv, folder: ../minutes, files: ${symbol}.csv, zone: UTC, columns: {time: time, open: open, high: high, low: low, close: close, volume: volume}, timeframe: 1m}`;
const instrument = (symbol: string) =>
  `{id: "X:${symbol}", name: ${symbol}, source: ${symbol.toLowerCase()}, assetClass: crypto, currency: USD, tickSize: 0.01, calendar: crypto, timeframes: {1m: all}}`;
const settings = `
title: Markets
simulated: true
display: {zone: Asia/Kolkata, locale: en-GB}
sources:
  alpha: ${source("ALPHA")}
  beta: ${source("BETA")}
instruments:
  - ${instrument("ALPHA")}
  - ${instrument("BETA")}
accounts: []
`;
