import {build} from "esbuild";
import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {barClose} from "../../services/domain/bar-close.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import {findChromium, launchChromium} from "../../services/site/chromium.js";
import {encodeCloses} from "../../services/snapshots/encode-closes.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {sampleDataset} from "../components/sample-dataset.js";
import {sampleBars} from "../snapshots/samples.js";
import {busyDeals} from "../support/busy-deals.js";
import type {BehaviourRun} from "./behaviour-page.js";
import {bundlePage} from "./bundle-page.js";
import {type Bench, median, type Row} from "./measure.js";

const rounds = 5;
const days = 1_085;
const perDay = 12;
const limitMs = 1_000;
const frameMs = 1_000 / 60;
const calendar: TradingCalendar = {
  ...{name: "crypto", zone: "UTC", openMinute: 0, closeMinute: 1_440},
  ...{weekdays: [0, 1, 2, 3, 4, 5, 6], holidays: [], special: {}}
};

/** The findings of a Pulse page over 10,000 round trips, from the files' bytes on, by its own worker in Chromium. */
export default {
  name: "behaviour",
  async run(): Promise<readonly Row[]> {
    const files = account();
    const [program, script] = [await workerProgram(), await bundlePage("test/bench/behaviour-page.ts")];
    const browser = await launchChromium(findChromium()!);
    try {
      const page = await browser.newPage();
      await page.route("http://bench.invalid/", (route) =>
        route.fulfill({contentType: "text/html", body: "<!doctype html>"})
      );
      await page.goto("http://bench.invalid/"); // a worker needs an origin
      await page.addScriptTag({content: script});
      const runs: BehaviourRun[] = [];
      for (let i = 0; i <= rounds; ++i) {
        const ran = await page.evaluate(([code, input]) => (globalThis as unknown as Page).bench.run(code, input), [
          program,
          files
        ] as const);
        if (i > 0) runs.push(ran);
      }
      return rowsOf(runs);
    } finally {
      await browser.close();
    }
  }
} satisfies Bench;

interface Page {
  readonly bench: typeof import("./behaviour-page.js");
}

function account(): {deals: string; closes: string} {
  const bars = sampleBars(days * 1_440, {base: 1.1});
  const deals = busyDeals(bars, days - 6, perDay);
  const {trips} = roundTrips(deals);
  if (!(trips.length >= 10_000)) throw new Error(`too few round trips: ${trips.length}`);
  const daily = resampleBars(bars, "1d", calendar);
  const time = daily.time.map((opening) => barClose(opening, "1d", calendar));
  const closes = {length: daily.length, time, close: daily.close};
  const both = new Map([
    ["MT5:EURUSD", closes],
    ["MT5:GBPUSD", closes]
  ] as const);
  const text = (bytes: ArrayBuffer) => Buffer.from(bytes).toString("base64");
  return {
    deals: text(encodeDeals(deals, {id: "deals/alpha", currency: "USD", lineage: sampleDataset()})),
    closes: text(encodeCloses(both, {id: "closes/alpha"}))
  };
}

async function workerProgram(): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: ["components/work/pulse-worker.ts"],
    ...{bundle: true, write: false, minify: true, format: "esm", platform: "browser", target: "es2022"}
  });
  return outputFiles[0]!.text;
}

function rowsOf(runs: readonly BehaviourRun[]): Row[] {
  const ms = median(runs.map((run) => run.ms));
  const frame = median(runs.map((run) => run.ms / run.frames));
  const about = `behaviour, ${runs[0]!.trips} round trips`;
  return [
    {
      ...{path: `${about}, all findings in a worker`, unit: "ms", ours: ms, peer: "limit", theirs: limitMs},
      ...{ratio: ms / limitMs, goal: "≤ 1 ×", isMet: ms <= limitMs, rounds}
    },
    {
      ...{path: `${about}, the page's frame to frame meanwhile`, unit: "ms", ours: frame, peer: "60 frames/s"},
      ...{theirs: frameMs, ratio: frame / frameMs, goal: "≤ 1.05 ×", isMet: frame / frameMs <= 1.05, rounds}
    }
  ];
}
