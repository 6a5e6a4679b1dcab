import {describe, expect, it} from "vitest";
import {createLookedAt} from "../../../components/live/looked-at.js";
import {toBarSeries, toBars} from "../../../services/domain/bar.js";
import {minuteBar} from "./hand-desk.js";

const seriesOf = (...minutes: number[]) => toBarSeries(minutes.map((minute) => minuteBar(minute, 100 + minute)));
const sight = {forming: undefined, hole: undefined};

describe("createLookedAt", () => {
  it("looks at final bars alone, and goes on from the last", () => {
    const lookedAt = createLookedAt();
    const bars = seriesOf(0, 1, 2);
    expect(toBars(lookedAt.look({...sight, bars, forming: minuteBar(2, 102)}))).toEqual(toBars(seriesOf(0, 1)));
    expect(toBars(lookedAt.look({...sight, bars: seriesOf(0, 1, 2, 3)}))).toEqual(toBars(seriesOf(0, 1, 2, 3)));
  });

  it("looks at nothing from a hole on", () => {
    const hole = minuteBar(2, 0).time;
    expect(createLookedAt().look({...sight, bars: seriesOf(0, 1, 3), hole}).length).toBe(2);
  });

  it("looks at no bar again that was corrected, or that came before the last, and counts them", () => {
    const lookedAt = createLookedAt();
    const first = lookedAt.look({...sight, bars: seriesOf(0, 2)});
    const bars = toBarSeries([minuteBar(0, 7), minuteBar(1, 101), minuteBar(2, 102)]);
    expect(lookedAt.look({...sight, bars})).toBe(first);
    expect([lookedAt.changed({bars}), lookedAt.changed({bars: first})]).toEqual([2, 0]);
  });
});
