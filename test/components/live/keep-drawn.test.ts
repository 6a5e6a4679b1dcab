// @vitest-environment jsdom
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {keepDrawn} from "../../../components/live/keep-drawn.js";

describe("keepDrawn", () => {
  let isHidden = false;
  let draws = 0;
  let changed = () => {};
  let end = () => {};

  beforeEach(() => {
    vi.useFakeTimers();
    isHidden = false;
    draws = 0;
    vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
    const listen = (listener: () => void) => {
      changed = listener;
      return () => {};
    };
    end = keepDrawn({listen, draw: () => void ++draws});
  });
  afterEach(() => {
    end();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("makes one drawing of many changes", () => {
    for (let i = 0; i < 50; ++i) changed();
    vi.advanceTimersByTime(100);
    expect(draws).toBe(2);
  });

  it("draws once a second when nothing changes", () => {
    vi.advanceTimersByTime(3_050);
    expect(draws).toBe(4);
  });

  it("does not make a change wait that comes after a rest", () => {
    vi.advanceTimersByTime(400);
    changed();
    vi.advanceTimersByTime(0);
    expect(draws).toBe(2);
  });

  it("draws no more often after a minute of changes than after a second", () => {
    for (let ms = 0; ms < 60_000; ms += 10) {
      changed();
      vi.advanceTimersByTime(10);
    }
    const before = draws;
    vi.advanceTimersByTime(5_000);
    expect(before).toBeLessThanOrEqual(1 + 60_000 / 100);
    expect(draws - before).toBeLessThanOrEqual(6); // the last change, then once a second
  });

  it("draws nothing on a hidden page, and at once when it is seen again", () => {
    isHidden = true;
    document.dispatchEvent(new Event("visibilitychange"));
    changed();
    vi.advanceTimersByTime(60_000);
    expect(draws).toBe(1);
    isHidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(draws).toBe(2);
  });
});
