import {type Broadcaster, openPlain, openSidecar} from "./broadcast.js";
import {type Bench, cpuMs, type Row, toRow} from "./measure.js";
import {startReaders} from "./readers.js";

const clients = 500;
const rounds = 7;
const perSecond = 2_000;
const oursLength = 2_000;
const theirsLength = 60;

/** Ticks to 500 clients, by the processor time of the server alone: the sidecar beside a send for every event. */
export default {
  name: "fan-out",
  async run(): Promise<readonly Row[]> {
    const readers = await startReaders();
    const [asBytes, asJson, plain] = [await openSidecar(), await openSidecar(), await openPlain()];
    try {
      for (const {url, topics} of [asBytes, plain]) await readers.order({open: {url, topics, drains: clients}});
      await readers.order({open: {url: asJson.url, topics: asJson.topics, drains: clients, isJson: true}});
      const [bytes, json, theirs]: [number[], number[], number[]] = [[], [], []];
      for (let i = 0; i <= rounds; ++i) {
        const mine = (await cpuMs(() => tellInTime(asBytes))) / oursLength;
        const mineInJson = (await cpuMs(() => tellInTime(asJson))) / oursLength;
        const other = (await cpuMs(() => tellAtOnce(plain))) / theirsLength;
        if (i === 0) continue; // the first warms all up
        bytes.push(mine);
        json.push(mineInJson);
        theirs.push(other);
      }
      const terms = {unit: "ns an event and client", peer: "ws.send of one text", per: 1e6 / clients, least: 8};
      const path = `fan-out to ${clients} clients at ${perSecond} ticks/s`;
      return [
        toRow(bytes, theirs, {...terms, path: `${path}, as bytes`}),
        toRow(json, theirs, {...terms, path: `${path}, as JSON`})
      ];
    } finally {
      readers.stop();
      await Promise.all([asBytes.close(), asJson.close(), plain.close()]);
    }
  },
  async check() {
    const sidecar = await openSidecar();
    await sidecar.close();
  }
} satisfies Bench;

/** As ticks come: at their own pace, a few every millisecond. */
async function tellInTime(to: Broadcaster): Promise<void> {
  const start = performance.now();
  for (let told = 0; told < oursLength; ) {
    const due = Math.min(oursLength, Math.floor(((performance.now() - start) / 1_000) * perSecond));
    for (; told < due; ++told) to.tell(told, Date.now());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await to.settle();
}

/** As fast as they can be sent, since one by one they could not be sent in time. */
async function tellAtOnce(to: Broadcaster): Promise<void> {
  for (let i = 0; i < theirsLength; ++i) {
    to.tell(i, Date.now());
    if (i % 10 === 9) await to.settle();
  }
}
