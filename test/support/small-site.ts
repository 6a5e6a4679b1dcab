import {join} from "node:path";
import type {BarSeries} from "../../services/domain/bar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {Deal} from "../../services/domain/deal.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Position} from "../../services/domain/position.js";
import {DAY_MS, type EpochMs} from "../../services/domain/time.js";
import {barsId, dealsId, positionsId} from "../../services/snapshots/dataset-id.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {encodePositions} from "../../services/snapshots/encode-positions.js";
import {openStoreForWriting} from "../../services/snapshots/store.js";
import {sampleBars, sampleDataset, tuesday} from "../snapshots/samples.js";
import {createWorkspace, type Workspace} from "./workspace.js";

/** An account of a small site. */
export interface SmallAccount {
  readonly id: string;
  readonly name: string;
  readonly deals: readonly Deal[];
  readonly positions: readonly Position[];
}

/** What a small site holds. */
export interface SmallSite {
  readonly instruments: Readonly<Record<InstrumentId, string>>;
  readonly accounts: readonly SmallAccount[];
  /** More lines of its settings. */
  readonly more?: string;
  /** Markdown by path, in place of the project's own pages. */
  readonly pages?: Readonly<Record<string, string>>;
  /** Days of minutes. */
  readonly days?: number; // 3
}

/** The whole project on a few days of minutes and a few accounts, ready to be built: a workspace with its snapshots. */
export async function createSmallSite({
  instruments,
  accounts,
  more = "",
  pages,
  days = 3
}: SmallSite): Promise<Workspace> {
  const workspace = createWorkspace(pages);
  workspace.write(
    "data/settings.yaml",
    settingsOf(Object.entries(instruments) as [InstrumentId, string][], accounts, more)
  );
  const bars = sampleBars(days * 1440, {base: 1.1});
  const taken = tuesday + (days + 1) * DAY_MS;
  const store = await openStoreForWriting(join(workspace.dir, "data/snapshots"));
  for (const instrument of Object.keys(instruments) as InstrumentId[])
    await store.write(...barsFile(instrument, bars, taken));
  for (const account of accounts) {
    await store.write(...dealsFile(account, taken));
    await store.write(...positionsFile(account, taken));
  }
  await store.close();
  return workspace;
}

function settingsOf(instruments: readonly [InstrumentId, string][], accounts: readonly SmallAccount[], more: string) {
  return `
title: Small
simulated: true
display: {zone: UTC, locale: en-GB}
sources:
  venue: {kind: csv, folder: ., files: "{symbol}.csv", zone: UTC, header: false, columns: [time, open, high, low, close]}
${accounts.map(({id}) => `  ${id}: {kind: mt5-files, folder: ., clock: {zone: UTC, offsetHours: 0}}`).join("\n")}
instruments:
${instruments.map(([id, name]) => `  - {id: "${id}", name: ${name}, source: venue, assetClass: fx, currency: USD, tickSize: 0.00001, contractSize: 100000, calendar: crypto, timeframes: {1m: all}}`).join("\n")}
accounts:${accounts.length === 0 ? " []" : ""}
${accounts.map(({id, name}) => `  - {id: ${id}, name: ${name}, source: ${id}, currency: USD}`).join("\n")}
${more}`;
}

function barsFile(instrument: InstrumentId, series: BarSeries, taken: EpochMs): [string, ArrayBuffer] {
  const id = barsId(instrument, "1m");
  const extent = {firstTime: series.time[0]!, lastTime: series.time.at(-1)!, rows: series.length};
  return [id, encodeBars(series, {id, currency: "USD", lineage: lineageOf({id, instrument, ...extent}, taken)})];
}

function dealsFile({id: account, deals}: SmallAccount, taken: EpochMs): [string, ArrayBuffer] {
  const id = dealsId(account);
  const extent = {firstTime: deals[0]?.time ?? null, lastTime: deals.at(-1)?.time ?? null, rows: deals.length};
  return [
    id,
    encodeDeals(deals, {id, currency: "USD", lineage: accountLineage({id, kind: "deals", account, ...extent}, taken)})
  ];
}

function positionsFile({id: account, positions}: SmallAccount, taken: EpochMs): [string, ArrayBuffer] {
  const id = positionsId(account);
  const lineage = accountLineage({id, kind: "positions", account, rows: positions.length}, taken);
  return [id, encodePositions({positions}, {id, currency: "USD", lineage})];
}

function lineageOf(changes: Partial<Dataset>, taken: EpochMs) {
  const {
    sha256: _sha256,
    bytes: _bytes,
    ...lineage
  } = sampleDataset({
    source: "venue",
    sourceKind: "csv",
    checkedTime: taken,
    takenTime: taken,
    ...changes
  });
  return lineage;
}

function accountLineage(changes: Partial<Dataset>, taken: EpochMs) {
  const {
    instrument: _instrument,
    timeframe: _timeframe,
    ...lineage
  } = lineageOf({sourceKind: "mt5-files", ...changes}, taken);
  return lineage;
}
