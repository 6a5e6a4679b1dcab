import {describe, expect, it} from "vitest";
import {createTopicLog} from "../../services/sidecar/topics/topic-log.js";

const NINE = Date.UTC(2024, 0, 2, 9);
const barOf = (minute: number, final: boolean) => {
  const bar = {time: NINE + minute * 60_000, open: 1, high: 1, low: 1, close: 1, volume: 1};
  return {type: "bar", bar, final} as const;
};
const seqs = ({events}: {readonly events: readonly {readonly seq: number}[]}) => events.map(({seq}) => seq);

describe("createTopicLog", () => {
  it("numbers from 1, rising by one", () => {
    const log = createTopicLog("bar:X:A:1m", {capacity: 10});
    expect([log.append(barOf(0, false)).seq, log.append(barOf(0, true)).seq]).toEqual([1, 2]);
  });

  it("forgets a forming bar once the next event of its bar or a later one is there", () => {
    const log = createTopicLog("bar:X:A:1m", {capacity: 10});
    log.append(barOf(0, false));
    log.append(barOf(0, true));
    log.append(barOf(1, false));
    log.append(barOf(1, false));
    expect(seqs(log.replay(0))).toEqual([2, 4]);
  });

  it("keeps the forming bar while an older bar is healed, and replays in the order of numbers", () => {
    const log = createTopicLog("bar:X:A:1m", {capacity: 10});
    log.append(barOf(5, false));
    log.append(barOf(1, true));
    expect(seqs(log.replay(0))).toEqual([1, 2]);
    expect(seqs(log.replay(NINE + 5 * 60_000))).toEqual([1]);
  });

  it("says that a replay is not complete when what belongs there is gone", () => {
    const log = createTopicLog("bar:X:A:1m", {capacity: 5});
    log.coverFrom(NINE);
    for (let minute = 0; minute < 10; ++minute) log.append(barOf(minute, true));
    expect(seqs(log.replay(0))).toEqual([6, 7, 8, 9, 10]);
    expect([log.replay(4).complete, log.replay(5).complete]).toEqual([false, true]);
    expect([log.replay(NINE).complete, log.replay(NINE + 5 * 60_000).complete]).toEqual([false, true]);
  });

  it("is not complete for a number it has not come to yet, nor for a time before its cover", () => {
    const log = createTopicLog("bar:X:A:1m", {capacity: 5});
    log.append(barOf(3, true));
    expect(log.replay(2).complete).toBe(false);
    expect(log.replay(NINE).complete).toBe(false);
    log.coverFrom(NINE + 1);
    expect([log.replay(NINE).complete, log.replay(NINE + 1).complete]).toEqual([false, true]);
  });
});
