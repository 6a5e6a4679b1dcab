import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {findChromium, launchChromium} from "../../services/site/chromium.js";
import {bundlePage} from "./bundle-page.js";
import {type Bench, median, type Row} from "./measure.js";

const rounds = 5;
const frames = 90;
const frameMs = 1_000 / 60;

/** Moving and zooming over 20,000 bars in Chromium, beside lightweight-charts on the same bars. */
export default {
  name: "pan-zoom",
  async run(): Promise<readonly Row[]> {
    const script = await bundlePage("test/bench/pan-zoom-page.ts");
    const style = readFileSync("components/theme/market.css", "utf8");
    const browser = await launchChromium(findChromium()!);
    try {
      const page = await browser.newPage({viewport: {width: 1_280, height: 900}});
      await page.setContent(`<!doctype html><style>${style}</style><body></body>`);
      await page.addScriptTag({content: script});
      const rows: Row[] = [];
      for (const isFull of [false, true])
        for (const inSight of [200, 2_000, 20_000]) rows.push(...(await measure(page, inSight, isFull)));
      return rows;
    } finally {
      await browser.close();
    }
  }
} satisfies Bench;

async function measure(page: Page, inSight: number, isFull: boolean): Promise<Row[]> {
  const once = (side: "ours" | "theirs") =>
    page.evaluate(`bench.run(bench.${side}(${isFull}), ${inSight}, ${frames})`) as Promise<{
      script: number;
      frame: number;
    }>;
  const [mine, other]: {script: number; frame: number}[][] = [[], []];
  for (let i = 0; i <= rounds; ++i) {
    const pair = [await once("ours"), await once("theirs")] as const;
    if (i === 0) continue; // the first warms both up
    mine!.push(pair[0]);
    other!.push(pair[1]);
  }
  const of = (runs: typeof mine, name: "script" | "frame") => median(runs!.map((run) => run[name]));
  const script = median(mine!.map((run, i) => run.script / other![i]!.script));
  const frame = of(mine, "frame") / frameMs;
  const bars = `${inSight} of 20000 bars in sight${isFull ? ", three indicators" : ""}`;
  const common = {unit: "ms/frame", rounds};
  return [
    {
      ...common,
      path: `pan and zoom, ${bars}, script`,
      ours: of(mine, "script"),
      peer: "lightweight-charts 5",
      theirs: of(other, "script"),
      ratio: script,
      goal: "≤ 1 ×",
      isMet: script <= 1
    },
    {
      ...common,
      path: `pan and zoom, ${bars}, frame to frame`,
      ours: of(mine, "frame"),
      peer: `60 frames/s (lightweight-charts ${of(other, "frame").toFixed(1)} ms)`,
      theirs: frameMs,
      ratio: frame,
      goal: "≤ 1.05 ×",
      isMet: frame <= 1.05
    }
  ];
}
