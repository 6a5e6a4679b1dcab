import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {type BarSeries, sliceBars, toBars} from "../../services/domain/bar.js";
import {formatIso, MINUTE_MS} from "../../services/domain/time.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore} from "../../services/snapshots/store.js";
import {listFiles, sha256} from "../../services/snapshots/store-files.js";
import {sampleBars, tuesday} from "../snapshots/samples.js";
import {hashTree, useJobs} from "./job-kit.js";
import {killProgram, runProgram} from "./run-program.js";

const {newRoot} = useJobs();
const kills = process.env["TAPEBOOK_VERIFY"] ? 50 : 3;
const symbols = ["A", "B", "C", "D"];
const yaml = `
title: Crash
sources: {files: {kind: csv, folder: ., files: "{symbol}.csv", zone: UTC, header: false, columns: [time, open, high, low, close, volume]}}
instruments:
${symbols.map((symbol) => `  - {id: X:${symbol}, name: ${symbol}, source: files, assetClass: crypto, currency: USD, tickSize: 0.01, calendar: crypto, timeframes: {1m: all}}`).join("\n")}
`;

function toCsv(bars: BarSeries): string {
  const cell = (time: number) =>
    formatIso(time)
      .replace("T", " ")
      .replace(/\.\d+Z/, "");
  return toBars(bars)
    .map(({time, open, high, low, close, volume}) => `${cell(time)},${open},${high},${low},${close},${volume}\n`)
    .join("");
}

describe("a snapshot job killed at any moment", () => {
  it(
    `never leaves a broken or lost file, ${kills} times over, and ends where an undisturbed one does`,
    async () => {
      const folder = await newRoot();
      const root = join(folder, "snapshots");
      const args = ["--settings", join(folder, "settings.yaml"), "--data-dir", root];
      writeFileSync(args[1]!, yaml);
      const whole = sampleBars(2_000 + kills * 100, {start: tuesday - (2_000 + kills * 100) * MINUTE_MS});
      const held = new Map<string, number>();
      let [seed, killed, wholeMs] = [11, 0, 0];
      for (let round = 0; round <= kills; ++round) {
        const rows = 2_000 + round * 100;
        for (const symbol of symbols) writeFileSync(join(folder, `${symbol}.csv`), toCsv(sliceBars(whole, 0, rows)));
        seed = (seed * 48271) % 2147483647;
        const start = performance.now();
        // the first run is left to end, to learn how long one takes; one that ends before its kill teaches it anew
        if (await killProgram(args, round === 0 ? 60_000 : 250 + (seed / 2147483647) * (wholeMs - 200))) ++killed;
        else wholeMs = performance.now() - start;
        for (const symbol of symbols) await expectWhole(root, `bars/X-${symbol}/1m`, held, whole);
      }
      expect(killed).toBeGreaterThan(kills / 4); // else it was the rounds, not the job, that ended
      const last = runProgram("snapshot", args);
      expect(last.status, last.stdout + last.stderr).toBe(0);
      for (const symbol of symbols)
        expect((await openStore(root).read(`bars/X-${symbol}/1m`)).dataset.rows).toBe(whole.length);
      expect((await listFiles(root)).filter((file) => file.endsWith(".tmp"))).toEqual([]);
      const before = await hashTree(root);
      expect(runProgram("snapshot", args).stdout).toMatch(/4 data sets: 4 unchanged/);
      expect(await hashTree(root)).toEqual(before);
    },
    60_000 + kills * 4_000
  );

  async function expectWhole(root: string, id: string, held: Map<string, number>, whole: BarSeries) {
    const {bytes, dataset} = await openStore(root).read(id);
    const bars = await readBars(bytes);
    expect(bars.length).toBeGreaterThanOrEqual(held.get(id) ?? 0);
    expect(bars.close).toEqual(whole.close.slice(0, bars.length));
    expect(dataset).toMatchObject({rows: bars.length, sha256: sha256(readFileSync(join(root, `${id}.parquet`)))});
    held.set(id, bars.length);
  }
});
