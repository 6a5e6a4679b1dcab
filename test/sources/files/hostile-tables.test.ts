import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {assertBars} from "../../../services/domain/bar.js";
import {parseCsvBars, parseCsvTicks} from "../../../services/sources/files/csv-bars.js";
import {parseMt5Ticks} from "../../../services/sources/files/mt5-ticks.js";
import {createClock} from "../../../services/sources/mt5/clock.js";
import {attempt} from "../refusal.js";
import {fuzz, fuzzMs} from "../runs.js";
import {clock, csv, exported, mt5} from "./samples.js";

describe("hostile tables", () => {
  const piece = fc.oneof(
    fc.string({maxLength: 12}),
    fc.string({unit: "binary", maxLength: 8}),
    fc.constantFrom("\t", ",", "\n", '"', "NaN", "-1", "1e308", "9".repeat(300), "\r", "2024.01.02", "<DATE>")
  );
  const edits = (text: string) =>
    fc
      .array(fc.tuple(fc.nat(text.length), fc.oneof(fc.nat(12), fc.nat(text.length)), piece), {
        minLength: 1,
        maxLength: 4
      })
      .map((list) =>
        list.reduce((all, [at, length, insert]) => all.slice(0, at) + insert + all.slice(at + length), text)
      );
  const shuffled = (text: string) => fc.shuffledSubarray(text.split(/(?<=\n)/)).map((lines) => lines.join(""));
  const hostile = (text: string) =>
    fc.oneof(edits(text), shuffled(text), fc.string({maxLength: 200, size: "max"}), fc.constant(text.repeat(10)));
  const candles =
    "t,open,high,low,close,volume\n2024-01-01 00:00:00,1.1,1.2,1.0,1.15,10\n2024-01-01 00:01:00,1.15,1.2,1.1,1.2,12\n2024-01-01T00:02:00Z,1.2,1.3,1.1,1.2,0\n";
  const named = csv({columns: {time: "t", open: "open", high: "high", low: "low", close: "close", volume: "volume"}});
  const ofDay = csv({header: false, columns: ["timeOfDayMs", "bid", "ask"], date: "(\\d{8})"});

  it.each([
    ["exported bars", exported, (text: string) => assertBars(mt5(text).bars)],
    [
      "a third party's candles",
      candles,
      (text: string) => assertBars(parseCsvBars({name: "b.csv", text}, named, createClock(named.clock)).bars)
    ],
    [
      "exported ticks",
      "<DATE>\t<TIME>\t<BID>\t<ASK>\n2024.01.02\t10:00:00.1\t1.1\t1.2\n2024.01.02\t10:00:01.1\t1.1\t1.2\n",
      (text: string) => checkTicks(parseMt5Ticks({name: "b.csv", text}, clock).ticks)
    ],
    [
      "ticks by time of day",
      "1,1.1,1.2\n500,1.1,1.2\n86399999,1.3,1.4\n",
      (text: string) => checkTicks(parseCsvTicks({name: "b.csv20240101", text}, ofDay, createClock(ofDay.clock)).ticks)
    ]
  ])(
    "%s: an error that names file and line, or bars that make sense",
    (_, text, parse) => {
      fc.assert(
        fc.property(hostile(text), (garbled) => {
          const outcome = attempt(() => parse(garbled));
          if ("error" in outcome) expect(outcome.error.message).toMatch(/^b\.csv(20240101)?(:\d+)?: /);
        }),
        fuzz(42)
      );
    },
    fuzzMs
  );

  function checkTicks({time, bid}: {time: Float64Array; bid: Float64Array}): void {
    time.forEach((each, i) => {
      if (!(Number.isFinite(each) && each >= (time[i - 1] ?? 0) && !(bid[i]! <= 0)))
        throw new RangeError(`senseless tick: ${each}`);
    });
  }
});
