import {createMetrics} from "../../services/sidecar/watch/metrics.js";
import {openSidecar, topics} from "../bench/broadcast.js";
import type {ServerOrder, ServerSample} from "./load-run.js";

/** The sidecar's outward half in a process of its own, told ticks at a steady pace. */
const metrics = createMetrics();
const sidecar = await openSidecar({metrics});
let told = 0;
let cpu = process.cpuUsage();

let telling: NodeJS.Timeout | undefined;

function begin(ticksPerSecond: number): void {
  const start = performance.now();
  telling = setInterval(() => {
    const due = Math.floor(((performance.now() - start) / 1_000) * ticksPerSecond);
    for (; told < due; ++told) sidecar.tell(told, performance.timeOrigin + performance.now());
  }, 2);
}

async function sample(): Promise<ServerSample> {
  const {user, system} = process.cpuUsage(cpu);
  cpu = process.cpuUsage();
  const total = async (figure: {get(): Promise<{values: {value: number}[]}>}) =>
    (await figure.get()).values.reduce((sum, {value}) => sum + value, 0);
  return {
    ...{told, cpuMs: (user + system) / 1_000, clients: sidecar.clients()},
    ...{rssBytes: process.memoryUsage().rss, heapBytes: process.memoryUsage().heapUsed},
    ...{bufferedBytes: await total(metrics.buffered), conflations: await total(metrics.conflations)},
    frames: await total(metrics.frames)
  };
}

process.on("message", async (order: ServerOrder) => {
  if ("begin" in order) begin(order.begin);
  if ("end" in order) clearInterval(telling);
  process.send!(await sample());
});
process.on("disconnect", () => process.exit());
process.send!({url: sidecar.url, topics: [...topics]});
