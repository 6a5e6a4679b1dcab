import {readFileSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import type {Browser, CDPSession, Page} from "playwright-core";
import {findChromium, launchChromium} from "../../services/site/chromium.js";
import {startTestServer} from "../sidecar/test-server.js";
import {bundlePage} from "./bundle-page.js";
import {type Bench, median, type Row} from "./measure.js";

const symbols = ["A1", "B2", "C3", "D4", "E5", "F6", "G7", "H8"];
const updatesPerSecond = 10;
const history = 600;
const rounds = 3;
const spanMs = 10_000;
const most = 0.25;
const frameMs = 1_000 / 60;

/** The parts of the Live page, eight charts side by side, over a real socket, ten ticks and forming bars a second each, in Chromium. */
export default {
  name: "live-charts",
  async run(): Promise<readonly Row[]> {
    const sidecar = await startTestServer();
    for (const symbol of symbols) {
      sidecar.hub.open(`tick:X:${symbol}`, 1_000);
      sidecar.hub.open(`bar:X:${symbol}:1m`, 1_000);
      sidecar.hub.coverFrom(`bar:X:${symbol}:1m`, 0); // nothing is missing
    }
    const stop = trade(sidecar.hub);
    const site = await serve(await pageOf(`${sidecar.url}/`));
    const browser = await launchChromium(findChromium()!);
    try {
      const page = await browser.newPage({viewport: {width: 1_440, height: 1_400}});
      await page.goto(site.url);
      await page.waitForFunction(
        "document.querySelectorAll('.grid-chart .mark-live, .grid-chart .mark-stale').length === 8"
      );
      const client = await page.context().newCDPSession(page);
      await client.send("Performance.enable", {timeDomain: "threadTicks"}); // its own time, which other programs do not add to
      await measure(page, client); // warms up
      const seen = [];
      for (let i = 0; i < rounds; ++i) seen.push(await measure(page, client));
      const [resting, frames] = [await restingPage(browser, site.url), await lateFrames(page)];
      await page.evaluate("bench.hide(true)");
      const hidden = await measure(page, client);
      return rowsOf(seen, {frames, resting}, hidden);
    } finally {
      await browser.close();
      await site.close();
      stop();
      await sidecar.stop();
    }
  }
} satisfies Bench;

type Hub = Awaited<ReturnType<typeof startTestServer>>["hub"];

/** Minutes of history, then a walk of ten prices a second, each told as a tick and as the bar that it forms. */
function trade(hub: Hub): () => void {
  const minute = (time: number) => Math.floor(time / 60_000) * 60_000;
  const desks = symbols.map((symbol, i) => {
    let price = 100 + i;
    const step = () => (price = Math.max(1, Math.round((price + (Math.random() - 0.5) / 10) * 100) / 100));
    const barOf = (time: number) => ({time, open: price, high: price, low: price, close: price, volume: 0});
    let bar = barOf(minute(Date.now()));
    for (let back = history; back > 0; --back) {
      const [open, close] = [price, step()];
      const past = {
        time: bar.time - back * 60_000,
        open,
        close,
        high: Math.max(open, close),
        low: Math.min(open, close)
      };
      hub.publish(`bar:X:${symbol}:1m`, [{type: "bar", final: true, bar: {...past, volume: 1}}]);
    }
    return () => {
      const [now, close] = [Date.now(), step()];
      if (minute(now) > bar.time) {
        hub.publish(`bar:X:${symbol}:1m`, [{type: "bar", final: true, bar}]);
        bar = barOf(minute(now));
      }
      bar = {...bar, close, high: Math.max(bar.high, close), low: Math.min(bar.low, close), volume: bar.volume + 1};
      const tick = {
        type: "quote",
        instrument: `X:${symbol}`,
        eventTime: now,
        receivedTime: now,
        bid: close,
        ask: close
      } as const;
      hub.publish(`tick:X:${symbol}`, [{type: "tick", tick}]);
      hub.publish(`bar:X:${symbol}:1m`, [{type: "bar", final: false, bar}]);
    };
  });
  const timer = setInterval(() => desks.forEach((step) => void step()), 1_000 / updatesPerSecond);
  return () => clearInterval(timer);
}

interface Span {
  /** Shares of one core that the page's main thread took: all its tasks, and script alone. */
  readonly tasks: number;
  readonly script: number;
  readonly drawings: number;
}

/** Frames are watched at another time: watching asks for sixty a second, which costs. */
async function measure(page: Page, client: CDPSession): Promise<Span> {
  const [before, drawn] = [await metrics(client), await page.evaluate<number>("bench.drawings()")];
  await page.waitForTimeout(spanMs);
  const after = await metrics(client);
  const drawings = (await page.evaluate<number>("bench.drawings()")) - drawn;
  const seconds = after["Timestamp"]! - before["Timestamp"]!;
  const share = (name: string) => (after[name]! - before[name]!) / seconds;
  return {tasks: share("TaskDuration"), script: share("ScriptDuration"), drawings};
}

async function metrics(client: CDPSession): Promise<Record<string, number>> {
  const {metrics} = await client.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({name, value}) => [name, value]));
}

/** Frames that a person would see missing: over 50 ms, where 17 are due. */
async function lateFrames(page: Page): Promise<number> {
  const all = await page.evaluate<number[]>(`bench.frames(${spanMs})`);
  return all.filter((ms) => ms > 3 * frameMs).length;
}

/** The same of a page on which nothing moves: what the machine loses by itself. */
async function restingPage(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(`${url}resting`);
  const late = await lateFrames(page);
  await page.close();
  return late;
}

function rowsOf(seen: readonly Span[], late: {frames: number; resting: number}, hidden: Span): Row[] {
  const of = (value: (span: Span) => number) => median(seen.map(value));
  const row = (path: string, unit: string, ours: number, limit: number, peer: string): Row => {
    const ratio = limit === 0 ? ours : ours / limit; // of nothing, by how much
    return {path, unit, ours, peer, theirs: limit, ratio, goal: `≤ ${limit}`, isMet: ours <= limit, rounds};
  };
  return [
    row(
      "eight live charts, all tasks",
      "of a core",
      of(({tasks}) => tasks),
      most,
      "a quarter of a core"
    ),
    row(
      "eight live charts, script",
      "of a core",
      of(({script}) => script),
      most,
      "a quarter of a core"
    ),
    {
      ...row(
        "eight live charts, drawings",
        "in 10 s",
        of(({drawings}) => drawings),
        800,
        "ten a second each"
      ),
      goal: "–"
    },
    row("eight live charts, frames over 50 ms", "of some 600", late.frames, late.resting + 6, "a page at rest and 1 %"),
    row("eight live charts, hidden, drawings", "in 10 s", hidden.drawings, 0, "none")
  ];
}

async function pageOf(url: string): Promise<string> {
  const script = await bundlePage("test/bench/live-charts-page.ts");
  const styles = ["colour", "live", "table"].map((name) => readFileSync(`components/theme/${name}.css`, "utf8"));
  const start = `if (location.pathname === "/") bench.start(${JSON.stringify(url)}, ${JSON.stringify(symbols)})`;
  return `<!doctype html><meta charset="utf-8"><style>${styles.join("\n")}</style><body><script>${script}</script><script>${start}</script>`;
}

async function serve(html: string): Promise<{url: string; close: () => Promise<void>}> {
  const server = createServer((_, response) => void response.setHeader("content-type", "text/html").end(html));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {url: `http://127.0.0.1:${port}/`, close: () => new Promise((resolve) => server.close(() => resolve()))};
}
