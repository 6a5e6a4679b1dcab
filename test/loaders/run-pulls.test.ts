import {setTimeout as wait} from "node:timers/promises";
import {expect, it} from "vitest";
import type {PlannedPull} from "../../loaders/shared/plan.js";
import type {PullContext, Pulled} from "../../loaders/shared/pull.js";
import {runPulls} from "../../loaders/shared/run-pulls.js";

const pulled: Pulled = {outcome: "same", rows: 0, added: 0, gaps: 0, restated: 0, warnings: []};
const context = (signal = new AbortController().signal) => ({signal}) as unknown as PullContext;

/** Pulls of some sources that last until all that may run beside them do, and what was in flight at once. */
function watched(counts: Readonly<Record<string, number>>) {
  const now = new Map<string, number>();
  const most = new Map<string, number>();
  let together = 0;
  const opened: string[] = [];
  const closed: string[] = [];
  const pulls = Object.entries(counts).flatMap(([source, count]) =>
    Array.from(
      {length: count},
      (_, i): PlannedPull => ({
        id: `${source}/${i}`,
        subject: source,
        source,
        async run() {
          now.set(source, (now.get(source) ?? 0) + 1);
          most.set(source, Math.max(most.get(source) ?? 0, now.get(source)!));
          together = Math.max(together, [...now.values()].filter((each) => each > 0).length);
          await wait(20);
          now.set(source, now.get(source)! - 1);
          if (i === 1) throw new Error(`${source} is away`);
          return pulled;
        }
      })
    )
  );
  const effects = {
    open: (source: string) => {
      opened.push(source);
      return {kind: "memory", close: async () => void closed.push(source)};
    },
    elapsed: () => 0,
    started: () => undefined,
    finished: () => undefined
  };
  return {pulls, effects, most, opened, closed, together: () => together};
}

it("sources are pulled beside one another, each within its limit, opened once and closed", async () => {
  const {pulls, effects, most, together, opened, closed} = watched({a: 8, b: 5, c: 1});
  const results = await runPulls(pulls, context(), effects);
  expect(results.map(({id}) => id)).toEqual(pulls.map(({id}) => id));
  expect(Object.fromEntries(most)).toEqual({a: 3, b: 3, c: 1});
  expect(together()).toBe(3);
  expect([opened.sort(), closed.sort()]).toEqual([
    ["a", "b", "c"],
    ["a", "b", "c"]
  ]);
});

it("a data set that fails stops no other", async () => {
  const {pulls, effects} = watched({a: 4, b: 2});
  const results = await runPulls(pulls, context(), effects);
  expect(results.filter(({error}) => error !== undefined).map(({id}) => id)).toEqual(["a/1", "b/1"]);
  expect(results.filter(({pulled}) => pulled !== undefined)).toHaveLength(4);
});
