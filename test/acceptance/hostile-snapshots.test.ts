import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {assertBars} from "../../services/domain/bar.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {encodePositions} from "../../services/snapshots/encode-positions.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readPositions} from "../../services/snapshots/read-positions.js";
import {applySeal} from "../../services/snapshots/seal.js";
import {SnapshotError} from "../../services/snapshots/snapshot-error.js";
import {formatCatalog, parseCatalog} from "../../services/snapshots/store-catalog.js";
import {sampleBars, sampleDataset, sampleDeals, samplePositions} from "../snapshots/samples.js";
import {replacePart} from "../sources/refusal.js";
import {fuzz, fuzzMs} from "../sources/runs.js";
import {hostileText} from "./hostile-text.js";

/** How a file is garbled. */
interface Fouled {
  readonly changes: readonly {readonly at: number; readonly to: readonly number[]}[];
  readonly inFooter: boolean;
  readonly cut: number;
  readonly times: number;
}

const lineage = sampleDataset();
const lengthOf = (value: unknown) => (value as {length: number}).length;
const files = [
  {name: "bars", file: encodeBars(sampleBars(60), {id: lineage.id, lineage}), read: readBars, rows: lengthOf},
  {name: "deals", file: encodeDeals(sampleDeals, {id: "deals/alpha", lineage}), read: readDeals, rows: lengthOf},
  {
    name: "positions",
    file: encodePositions({positions: samplePositions}, {id: "positions/alpha", lineage}),
    read: readPositions,
    rows: (value: unknown) => lengthOf((value as {positions: unknown}).positions ?? value)
  }
] as const;

/** What reading gave, or the SnapshotError it was refused with; anything else is a crash and goes on. */
async function outcomeOf(reading: () => unknown): Promise<{value: unknown} | {refusal: SnapshotError}> {
  try {
    return {value: await reading()};
  } catch (error) {
    if (error instanceof SnapshotError) return {refusal: error};
    throw error;
  }
}

describe("a Parquet file that someone made", () => {
  // the second is the largest number that a count in a page may be, the third one without an end
  const count = fc.constantFrom([0xfe, 0xff, 0xff, 0xff, 0x0f], new Array<number>(24).fill(0x80));
  const change = fc.record({at: fc.nat(), to: fc.oneof({arbitrary: fc.nat(255).map((to) => [to]), weight: 3}, count)});
  const foul = fc.record({
    changes: fc.array(change, {minLength: 1, maxLength: 6}),
    inFooter: fc.boolean(),
    cut: fc.oneof({arbitrary: fc.constant(0), weight: 4}, fc.nat(400)),
    times: fc.constantFrom(1, 1, 1, 2)
  });

  function garble(file: ArrayBuffer, {changes, inFooter, cut, times}: Fouled): ArrayBuffer {
    const whole = new Uint8Array(file.slice(0));
    const footer = new DataView(whole.buffer).getUint32(whole.length - 8, true) + 8;
    for (const {at, to} of changes) {
      const place = inFooter ? whole.length - 1 - (at % footer) : at % whole.length;
      whole.set(to.slice(0, whole.length - place), place);
    }
    const kept = whole.slice(0, whole.length - (cut % whole.length));
    const bytes = times === 1 ? kept : Uint8Array.from([...kept, ...kept]);
    return bytes.buffer as ArrayBuffer;
  }

  it.each(files)(
    "$name: with a seal that fits its garbled bytes: is read whole or refused with a code, without a crash",
    async ({file, read, rows}) => {
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(foul, async (how) => {
          const bytes = garble(file, how);
          try {
            applySeal(bytes);
          } catch {
            // no place for a seal is left
          }
          const outcome = await outcomeOf(() => read(bytes));
          if ("refusal" in outcome) {
            ++refused;
            expect(outcome.refusal.code).toMatch(/^SNAPSHOT_(DAMAGED|SCHEMA|REFUSED)$/);
          } else expect(rows(outcome.value)).toBeLessThanOrEqual(60);
        }),
        fuzz(91)
      );
      expect(refused).toBeGreaterThan(20);
    },
    fuzzMs
  );

  it.each(files)(
    "$name: with the seal it had: is refused with a code whenever a byte is other",
    async ({file, read}) => {
      const good = Buffer.from(file);
      await fc.assert(
        fc.asyncProperty(foul, async (how) => {
          const bytes = garble(file, how);
          const outcome = await outcomeOf(() => read(bytes));
          expect("value" in outcome).toBe(good.equals(Buffer.from(bytes)));
          if ("refusal" in outcome) expect(outcome.refusal.code).toMatch(/^SNAPSHOT_/);
        }),
        fuzz(92)
      );
    },
    fuzzMs
  );

  it("untouched, is read", async () => {
    const copy = files[0].file.slice(0);
    applySeal(copy);
    assertBars(await readBars(copy));
  });
});

describe("a catalogue", () => {
  const good = formatCatalog({
    version: 1,
    datasets: [
      sampleDataset({sha256: "a".repeat(64)}),
      sampleDataset({
        sha256: "b".repeat(64),
        id: "deals/alpha",
        kind: "deals",
        account: "alpha",
        warnings: ["source: it said so"]
      })
    ]
  });
  const junk = fc.oneof(fc.jsonValue(), fc.constantFrom(null, -1, 1.5, 1e308, "", "NaN", "../../etc", [], {}, true));
  const garbled = fc.oneof(
    hostileText(good, ['"id":"../x"', '"rows":-1', "__proto__"]),
    fc.tuple(fc.nat(), junk).map(([at, value]) => JSON.stringify(replacePart(JSON.parse(good), at, value)) ?? "")
  );

  it("as it is written, is read", () => {
    expect(parseCatalog(good).datasets).toHaveLength(2);
  });

  it(
    "garbled, is refused with its name and field, or read with ids and counts that make sense",
    async () => {
      let [refused, read] = [0, 0];
      await fc.assert(
        fc.asyncProperty(garbled, async (text) => {
          const outcome = await outcomeOf(() => parseCatalog(text));
          if ("refusal" in outcome) {
            ++refused;
            expect(outcome.refusal.message).toMatch(/^catalog\.json: /);
            expect(outcome.refusal.code).toBe("SNAPSHOT_DAMAGED");
            return;
          }
          ++read;
          for (const {id, rows, sha256} of (outcome.value as ReturnType<typeof parseCatalog>).datasets) {
            expect(id).toMatch(/^[\w+-][\w.+-]*(\/[\w+-][\w.+-]*){1,2}$/); // a path that stays inside the store
            expect(Number.isSafeInteger(rows) && rows >= 0).toBe(true);
            expect(sha256).toMatch(/^[0-9a-f]{64}$/);
          }
        }),
        fuzz(93)
      );
      expect(Math.min(refused, read)).toBeGreaterThan(0);
    },
    fuzzMs
  );
});
