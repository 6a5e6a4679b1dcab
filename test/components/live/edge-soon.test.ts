// @vitest-environment jsdom
import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {edgeSoon} from "../../../components/live/edge-soon.js";
import type {LiveEdge} from "../../../components/live/live-edge.js";

const named = {url: "ws://desk.example/", chosenBy: "page"} as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function handEdge() {
  const ended = vi.fn();
  let change = (_version: number) => {};
  const edge = {
    observe: () => (listener: (version: number) => void) => {
      change = listener;
      return ended;
    },
    end: ended
  } as unknown as LiveEdge;
  return {edge, ended, say: (version: number) => change(version)};
}

it("loads nothing where a sidecar is only guessed, or there is none", async () => {
  const load = vi.fn();
  for (const place of [undefined, {url: "ws://localhost:8765/", chosenBy: "host"} as const]) {
    const versions: number[] = [];
    edgeSoon(place, load).observe()((version) => versions.push(version));
    await vi.runAllTimersAsync();
    expect(versions).toEqual([0]);
  }
  expect(load).not.toHaveBeenCalled();
});

it("tells 0 at first, and goes on with the edge once it is loaded", async () => {
  const {edge, say, ended} = handEdge();
  const soon = edgeSoon(named, async () => edge);
  const versions: number[] = [];
  const stop = soon.observe()((version) => versions.push(version));
  expect([versions, soon.now]).toEqual([[0], undefined]);
  await vi.runAllTimersAsync();
  expect(soon.now).toBe(edge);
  say(7);
  expect(versions).toEqual([0, 7]);
  stop();
  expect(ended).toHaveBeenCalledTimes(1);
});

it("ends an edge that comes after the page was left", async () => {
  const {edge, ended} = handEdge();
  let loaded = (_edge: LiveEdge) => {};
  const soon = edgeSoon(named, () => new Promise((resolve) => (loaded = resolve)));
  await vi.runAllTimersAsync();
  soon.end();
  loaded(edge);
  await vi.runAllTimersAsync();
  expect(ended).toHaveBeenCalledTimes(1);
  expect(soon.now).toBeUndefined();
});
