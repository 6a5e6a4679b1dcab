import type {Detector, StructureEvent} from "../../services/analytics/structure/event.js";
import {createStructureBreaks} from "../../services/analytics/structure/structure-breaks.js";
import {createSwings} from "../../services/analytics/structure/swings.js";
import {createTrendStarts} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import {type BarSeries, barAt, sliceBars} from "../../services/domain/bar.js";
import {wanderingBars} from "./market.js";
import {type Bench, compare, cpuMs, median, toRow} from "./measure.js";

const length = 1_000_000;
const limitNs = 1_000;
const rounds = 7;

/** All detectors fed a million bars one by one, as the sidecar does, beside reading those bars and a tenth of them. */
export default {
  name: "structure",
  async run() {
    const bars = wanderingBars(length);
    const tenth = sliceBars(bars, 0, length / 10);
    const path = "structure, all detectors, 1 M bars";
    const ours = () => detect(bars);
    const pair = {path, unit: "ns/bar", perMs: 1e6 / length, ours, rounds, clock: "cpu"} as const;
    const beside = await compare({...pair, peer: "reading the bars", theirs: () => read(bars)});
    const spent: number[] = [];
    for (let i = 0; i < rounds; ++i) spent.push((await cpuMs(ours)) * (1e6 / length));
    const limit = toRow(
      spent,
      spent.map(() => limitNs),
      {path, unit: "ns/bar", peer: "limit", most: 1}
    );
    const linear = await compare({
      ...pair,
      unit: "ms",
      perMs: 1,
      peer: "100,000 bars",
      theirs: () => detect(tenth),
      warmups: 1,
      most: 11
    });
    return [beside, limit, linear];
  },
  check() {
    const counts = detect(wanderingBars(20_000));
    const idle = Object.entries(counts).filter(([, count]) => count === 0);
    if (idle.length > 0) throw new Error(`found nothing: ${idle.map(([name]) => name).join(", ")}`);
    if (!(median(Object.values(counts)) > 100)) throw new Error(`found next to nothing: ${JSON.stringify(counts)}`);
  }
} satisfies Bench;

/** Events found by each, which are counted and let go. */
function detect(bars: BarSeries): Record<string, number> {
  const detectors: Readonly<Record<string, Detector<StructureEvent>>> = {
    swings: createSwings(),
    structureBreaks: createStructureBreaks(),
    trendStarts: createTrendStarts()
  };
  const found = Object.entries(detectors).map(([name, detector]) => ({name, detector, count: 0}));
  for (let i = 0; i < bars.length; ++i) {
    const bar = barAt(bars, i);
    for (const each of found) each.count += each.detector.next(bar).length;
  }
  return Object.fromEntries(found.map(({name, count}) => [name, count]));
}

function read(bars: BarSeries): number {
  let sum = 0;
  for (let i = 0; i < bars.length; ++i) sum += barAt(bars, i).close;
  return sum;
}
