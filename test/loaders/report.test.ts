import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {waitTelling} from "../../loaders/shared/report.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("work that takes more than two seconds is named while it is waited for, and no longer", async () => {
  const lines: string[] = [];
  const after = (ms: number, value: string) => new Promise<string>((resolve) => setTimeout(() => resolve(value), ms));
  const done = waitTelling(
    {quick: "a", sources: after(5_000, "b"), snapshots: after(3_000, "c")},
    (names) => `still looking at ${names}`,
    {progress: (line) => lines.push(line)}
  );
  await vi.advanceTimersByTimeAsync(1_900);
  expect(lines).toEqual([]);
  await vi.advanceTimersByTimeAsync(3_100);
  expect(await done).toEqual({quick: "a", sources: "b", snapshots: "c"});
  expect(lines).toEqual(["… still looking at sources, snapshots", "… still looking at sources"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(lines).toHaveLength(2);
});
