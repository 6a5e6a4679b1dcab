import fc from "fast-check";
import {expect, it} from "vitest";
import {fetchBarRange} from "../../services/sources/bar-range.js";
import {fuzz} from "./runs.js";

// as many as may be, and not the ten that fast-check takes by itself: below the cap nothing is cut
const bars = fc
  .uniqueArray(fc.nat(400), {maxLength: 120, size: "max"})
  .map((times) => [...times].sort((a, b) => a - b));

it("gives every bar of any range from a source that caps its answers at either end, in silence", async () => {
  await fc.assert(
    fc.asyncProperty(
      bars,
      fc.nat(400),
      fc.nat(400),
      fc.integer({min: 1, max: 50}),
      fc.boolean(),
      fc.integer({min: 1, max: 90}),
      async (times, a, b, cap, keepsNewest, chunkMs) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const fetch = async (from: number, to: number) => {
          const rows = times.filter((time) => time >= from && time <= to).map((time) => ({time}));
          return keepsNewest ? rows.slice(-cap) : rows.slice(0, cap);
        };
        const found = await fetchBarRange(fetch, {start, end, barMs: 1, chunkMs, maxChunkMs: chunkMs * 8, name: "x"});
        // An answer includes its end, so that a cap may be used up on a bar beyond it.
        const wanted = times.filter((time) => time >= start && time < end);
        if (cap > 1 || !keepsNewest) expect(found.map(({time}) => time)).toEqual(wanted);
      }
    ),
    fuzz(71)
  );
});

it("stops a source that never comes to an end", async () => {
  let time = 0;
  const fetch = async (from: number) => [{time: from + (time++ % 2) * 0.5}];
  await expect(
    fetchBarRange(fetch, {start: 0, end: 1e9, barMs: 1, chunkMs: 10, maxChunkMs: 10, name: "x"})
  ).rejects.toMatchObject({
    code: "SOURCE_SHORT_RANGE",
    message: expect.stringMatching(/x: incomplete after 20000 requests/)
  });
});
