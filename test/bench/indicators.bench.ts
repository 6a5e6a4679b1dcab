import {execFileSync} from "node:child_process";
import {bundle} from "./bundle.js";
import {type Case, casesOn} from "./indicator-cases.js";
import {wanderingBars} from "./market.js";
import {type Bench, type Row, toRow} from "./measure.js";
import type {Side} from "./time-indicator.js";

const rounds = 5; // a millisecond a call is a nanosecond a bar

/**
 * What one addition that waits for the one before costs, in nanoseconds, on the machine of TA-Lib's figures. Its loops
 * wait in the same way, so what slows the one down, as a lower clock or a neighbour, slows the other alike.
 */
const ADDITION_NS = 0.49;

/**
 * Indicators at a million bars: the whole call beside the fastest array library of npm at that indicator; and our
 * engine, which writes into columns that exist as TA-Lib's functions do, beside TA-Lib's figures in C. Every figure is
 * of a process of its own, so that none runs in the other's garbage.
 */
export default {
  name: "indicators",
  async run(): Promise<readonly Row[]> {
    const file = await bundle("time-indicator", program);
    const timer = (name: string) => (side: Side) =>
      Number(execFileSync(process.execPath, [file, name, side], {encoding: "utf8"}));
    const cases = casesOn(wanderingBars(2));
    return [
      ...cases.map((each) => besideLibrary(each, timer(each.name))),
      besideCopy(cases[0]!, timer(cases[0]!.name)),
      ...cases.map((each) => besideTaLib(each, timer(each.name)))
    ];
  },
  check() {
    for (const {name, ours, peers} of casesOn(wanderingBars(5_000)))
      for (const [library, theirs] of Object.entries(peers)) assertSameEnd(`${name} of ${library}`, ours(), theirs());
  }
} satisfies Bench;

const program = `import {timeIndicator} from "./time-indicator.ts";
console.log(await timeIndicator(process.argv[2], process.argv[3]));`;

type Timer = (side: Side) => number;

function besideLibrary({name, peers}: Case, time: Timer): Row {
  const libraries = Object.keys(peers);
  const first = libraries.map((library) => time(library));
  const peer = libraries[first.indexOf(Math.min(...first))]!;
  const {ours, theirs} = inTurn(
    () => time("ours"),
    () => time(peer)
  );
  return toRow(ours, theirs, {path: `${name}, 1 M bars`, unit: "ns/bar", peer, least: 2.5});
}

/** What the simplest of them costs beside any new column at all, which is the least that a library can take. */
function besideCopy({name}: Case, time: Timer): Row {
  const {ours, theirs} = inTurn(
    () => time("ours"),
    () => time("copy")
  );
  return toRow(ours, theirs, {path: `${name}, 1 M bars`, unit: "ns/bar", peer: "copying the closes"});
}

function besideTaLib({name, taLibNs}: Case, time: Timer): Row {
  const {ours, theirs} = inTurn(
    () => time("engine"),
    () => (time("additions") * taLibNs) / ADDITION_NS
  );
  const peer = `TA-Lib in C, ${taLibNs} ns`;
  return toRow(ours, theirs, {path: `${name}, its engine alone`, unit: "ns/bar", peer, most: 1.4});
}

function inTurn(mine: () => number, other: () => number): {ours: number[]; theirs: number[]} {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let i = 0; i < rounds; ++i) {
    ours.push(mine());
    theirs.push(other());
  }
  return {ours, theirs};
}

/** Libraries begin at different values, and agree once those are forgotten. */
function assertSameEnd(name: string, ours: readonly ArrayLike<number>[], theirs: readonly ArrayLike<number>[]): void {
  for (const [line, column] of ours.entries())
    for (let back = 1; back <= 1_000; ++back) {
      const [mine, other] = [column[column.length - back]!, theirs[line]![theirs[line]!.length - back]!];
      if (!(Math.abs(mine - other) <= 1e-9 * Math.max(1, Math.abs(mine))))
        throw new Error(`${name}, line ${line}, ${back} bars before the end: ${other} is not ${mine}`);
    }
}
