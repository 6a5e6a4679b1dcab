import fc from "fast-check";
import {describe, expect, it} from "vitest";
import type {Detector, StructureEvent} from "../services/analytics/structure/event.js";
import {type Bar, type BarSeries, toBarSeries} from "../services/domain/bar.js";
import {MIRROR, mirror, transform, walks} from "./analytics/structure/walks.js";

interface Claims<Event extends StructureEvent> {
  readonly name: string;
  readonly batch: (bars: BarSeries) => Event[];
  readonly stream: () => Detector<Event>;
  /** Type of the event that mirrored prices give for each type; its own where the rules have sides. */
  readonly opposite: Readonly<Record<Event["type"], Event["type"]>>;
  /** Whether the rules are the same upside down; default true. */
  readonly isSymmetric?: boolean;
  /** What the evidence holds: prices turn over in a mirror, distances do not, times shift, and bare numbers stay. */
  readonly measures: Readonly<Record<string, "price" | "distance" | "time" | "number">>;
}

const run = {seed: 20240310, numRuns: process.env["TAPEBOOK_VERIFY"] === undefined ? 80 : 2_000};

/** What every detector must do: no look-ahead, no rewriting, and no preference for a unit, a side or a date. */
export function describeDetector<Event extends StructureEvent>(claims: Claims<Event>): void {
  const {name, batch, stream, opposite, measures, isSymmetric = true} = claims;
  const detect = (bars: Bar[]) => batch(toBarSeries(bars));

  function expectTransformed(bars: Bar[], changed: Bar[], expected: (event: Event) => object): void {
    expect(detect(changed)).toEqual(detect(bars).map(expected));
  }

  function withEvidence(event: Event, change: (value: number, kind: string) => number): Record<string, number> {
    const cells = Object.entries(event.evidence).map(([measure, value]) => [
      measure,
      change(value, measures[measure]!)
    ]);
    return Object.fromEntries(cells) as Record<string, number>;
  }

  describe(name, () => {
    it("finds something in most walks, or the claims below would be idle", () => {
      const found = fc.sample(walks, {...run, numRuns: 100}).map((bars) => detect(bars));
      const types = new Set(found.flat().map((event) => event.type));
      expect(types).toEqual(new Set(Object.keys(opposite)));
      expect(found.filter((events) => events.length > 0).length).toBeGreaterThan(40);
    });

    it("states on the first k bars exactly what was known by bar k", () => {
      fc.assert(
        fc.property(walks, fc.nat(220), (bars, count) => {
          const known = bars[Math.min(count, bars.length) - 1]?.time ?? -Infinity;
          expect(detect(bars.slice(0, count))).toEqual(detect(bars).filter((event) => event.knownAt <= known));
        }),
        run
      );
    });

    it("states the same a bar at a time, each event at its knownAt", () => {
      fc.assert(
        fc.property(walks, (bars) => {
          const detector = stream();
          const stated = bars.flatMap((bar) => {
            const events = detector.next(bar);
            for (const event of events) expect(event.knownAt).toBe(bar.time);
            return [...events];
          });
          expect(stated).toEqual(detect(bars));
          for (const event of stated) expect(event.time).toBeLessThanOrEqual(event.knownAt);
        }),
        run
      );
    });

    it("does not mind the unit of price", () => {
      fc.assert(
        fc.property(walks, fc.constantFrom(0.125, 2, 1_024), (bars, factor) =>
          expectTransformed(bars, transform(bars, {price: factor}), (event) => ({
            ...event,
            price: event.price * factor,
            evidence: withEvidence(event, (value, kind) =>
              kind === "price" || kind === "distance" ? value * factor : value
            )
          }))
        ),
        run
      );
    });

    it("does not mind the unit of volume", () => {
      fc.assert(
        fc.property(walks, fc.constantFrom(0.5, 3, 1_000), (bars, factor) =>
          expectTransformed(bars, transform(bars, {volume: factor}), (event) => event)
        ),
        run
      );
    });

    if (isSymmetric)
      it("swaps its sides exactly when prices are mirrored", () => {
        fc.assert(
          fc.property(walks, (bars) =>
            expectTransformed(bars, mirror(bars), (event) => ({
              ...event,
              type: opposite[event.type as Event["type"]],
              price: MIRROR - event.price,
              evidence: withEvidence(event, (value, kind) => (kind === "price" ? MIRROR - value : value))
            }))
          ),
          run
        );
      });

    it("moves with time and changes nothing else", () => {
      fc.assert(
        fc.property(walks, fc.integer({min: -1e9, max: 1e12}), (bars, shiftMs) =>
          expectTransformed(bars, transform(bars, {shiftMs}), (event) => ({
            ...event,
            time: event.time + shiftMs,
            knownAt: event.knownAt + shiftMs,
            evidence: withEvidence(event, (value, kind) => (kind === "time" ? value + shiftMs : value))
          }))
        ),
        run
      );
    });

    it("refuses bars that make no sense or do not follow", () => {
      const bar = {time: 0, open: 2, high: 3, low: 1, close: 2, volume: 1};
      expect(() => detect([bar, bar])).toThrow("bars out of order at 1: 0 after 0");
      expect(() => detect([{...bar, high: NaN}])).toThrow("invalid bar at 0");
      const detector = stream();
      detector.next(bar);
      expect(() => detector.next(bar)).toThrow("bars out of order: 0 after 0");
    });
  });
}
