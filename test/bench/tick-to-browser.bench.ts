import {quantile} from "../../services/analytics/statistics/quantile.js";
import {type Broadcaster, openPlain, openSidecar} from "./broadcast.js";
import {type Bench, type Row, toRow} from "./measure.js";
import {type Readers, startReaders} from "./readers.js";

const clients = 500;
const pages = 10;
const rounds = 7;
const broadcasts = 100;
const everyMs = 20;

/** From a tick's coming in to the callback of a page's client, among 500: the sidecar beside a plain broadcast. */
export default {
  name: "tick-to-browser",
  async run(): Promise<readonly Row[]> {
    const readers = await startReaders();
    const [sidecar, plain] = [await openSidecar(), await openPlain()];
    try {
      const [ours, theirs]: [number[][], number[][]] = [[], []];
      for (let i = 0; i <= rounds; ++i) {
        const mine = await latencies(readers, sidecar);
        const other = await latencies(readers, plain);
        if (i > 0) ours.push(mine);
        if (i > 0) theirs.push(other);
      }
      const at = (share: number, runs: readonly number[][]) => runs.map((run) => quantile(run, share));
      const row = (share: number, most: number) => {
        const path = `tick in to page, ${clients} clients, ${1_000 / everyMs}/s, p${100 * share}`;
        return toRow(at(share, ours), at(share, theirs), {path, unit: "ms", peer: "plain ws broadcast", most});
      };
      return [row(0.5, 1.5), row(0.99, 2)];
    } finally {
      readers.stop();
      await Promise.all([sidecar.close(), plain.close()]);
    }
  }
} satisfies Bench;

/** Opens the clients anew each round, so that neither way has the advantage of a place in the list. */
async function latencies(readers: Readers, {url, topics, tell, settle}: Broadcaster): Promise<number[]> {
  await readers.order({open: {url, topics, drains: (clients - pages) / 2}});
  await readers.order({listen: {url, topics, pages}});
  await readers.order({open: {url, topics, drains: (clients - pages) / 2}});
  for (let i = 0; i < broadcasts; ++i) {
    tell(i, performance.timeOrigin + performance.now());
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  await settle();
  const {latenciesMs} = await readers.order({close: true});
  if (latenciesMs.length < broadcasts * pages) throw new Error(`ticks are missing: ${latenciesMs.length} came`);
  return [...latenciesMs];
}
