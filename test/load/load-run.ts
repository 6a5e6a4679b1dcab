import {spawn} from "node:child_process";
import {once} from "node:events";
import {rmSync} from "node:fs";
import {quantile} from "../../services/analytics/statistics/quantile.js";
import {bundle} from "../bench/bundle.js";
import {startReaders} from "../bench/readers.js";

export type ServerOrder = {readonly begin: number} | {readonly sample: true} | {readonly end: true};

/** What the server says of itself; processor time since the last sample. */
export interface ServerSample {
  readonly told: number;
  readonly cpuMs: number;
  readonly clients: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly bufferedBytes: number;
  readonly conflations: number;
  readonly frames: number;
}

export interface LoadOptions {
  readonly clients: number;
  /** Of the clients those that are real pages' clients and measure; the others read and look at nothing. */
  readonly pages: number;
  readonly ticksPerSecond: number;
  readonly seconds: number;
  readonly onSample?: (sample: ServerSample, latenciesMs: readonly number[]) => void;
}

/** What was measured, over the whole time. */
export interface LoadResult {
  readonly told: number;
  /** Ticks that reached the measuring pages, all of them together. */
  readonly heard: number;
  /** Ticks that did not reach one of them; 0 if each page heard all that was told. */
  readonly missing: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Share of one core that the server used. */
  readonly cpuShare: number;
  readonly firstRssBytes: number;
  readonly lastRssBytes: number;
  readonly mostRssBytes: number;
  readonly framesPerSecond: number;
  readonly bytesPerSecond: number;
  readonly clients: number;
  readonly conflations: number;
}

/** After the last tick the readers are asked this often whether they have all. */
const MOST_LOOKS = 100;
const LOOK_MS = 50;

/** Many clients that follow fifty symbols each, for a while; server and readers have a process each. */
export async function runLoad({clients, pages, ticksPerSecond, seconds, onSample}: LoadOptions): Promise<LoadResult> {
  const file = await bundle(`load-server-${process.pid}`, `import "../load/load-server-main.ts"`);
  const server = spawn(process.execPath, [file], {stdio: ["ignore", "inherit", "inherit", "ipc"]});
  const readers = await startReaders();
  try {
    const [{url, topics}] = (await once(server, "message")) as [{url: string; topics: string[]}];
    const ask = async (order: ServerOrder) => {
      server.send(order);
      return ((await once(server, "message")) as [ServerSample])[0];
    };
    await readers.order({open: {url, topics, drains: clients - pages}});
    await readers.order({listen: {url, topics, pages}});
    const samples = [await ask({begin: ticksPerSecond})];
    const latenciesMs: number[] = [];
    let drained = 0;
    const stepMs = Math.min(10_000, (seconds * 1_000) / 3);
    for (let elapsedMs = 0; elapsedMs < seconds * 1_000; elapsedMs += stepMs) {
      await new Promise((resolve) => setTimeout(resolve, stepMs));
      const [sample, report] = [await ask({sample: true}), await readers.order({report: true})];
      samples.push(sample);
      drained += report.drained;
      for (const latency of report.latenciesMs) latenciesMs.push(latency);
      onSample?.(sample, report.latenciesMs);
    }
    const {told} = await ask({end: true});
    for (let look = 0; look < MOST_LOOKS && latenciesMs.length < pages * told; ++look) {
      const report = await readers.order({report: true}); // what was on its way
      for (const latency of report.latenciesMs) latenciesMs.push(latency);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return {...resultOf(samples, latenciesMs, drained, seconds), told, missing: pages * told - latenciesMs.length};
  } finally {
    readers.stop();
    server.kill();
    rmSync(file, {force: true});
  }
}

function resultOf(
  samples: readonly ServerSample[],
  latenciesMs: number[],
  drained: number,
  seconds: number
): Omit<LoadResult, "told" | "missing"> {
  const [first, last] = [samples[1]!, samples.at(-1)!];
  const cpuMs = samples.slice(1).reduce((sum, sample) => sum + sample.cpuMs, 0);
  return {
    heard: latenciesMs.length,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    maxMs: latenciesMs.reduce((most, one) => Math.max(most, one), 0),
    cpuShare: cpuMs / (seconds * 1_000),
    firstRssBytes: first.rssBytes,
    lastRssBytes: last.rssBytes,
    mostRssBytes: Math.max(...samples.map(({rssBytes}) => rssBytes)),
    framesPerSecond: (last.frames - samples[0]!.frames) / seconds,
    bytesPerSecond: drained / seconds,
    clients: last.clients,
    conflations: last.conflations
  };
}
