import {describe, expect, it} from "vitest";
import {parseMt5Ticks} from "../../../services/sources/files/mt5-ticks.js";
import {mergeBars} from "../../../services/sources/merge-bars.js";
import {clock, exported, mt5, rows} from "./samples.js";

describe("exported bars", () => {
  const plain = mt5(exported).bars;
  it("have the tick volume, and times in UTC", () => {
    expect([...plain.time]).toEqual([Date.UTC(2024, 0, 2, 8), Date.UTC(2024, 0, 2, 8, 1)]);
    expect([...plain.volume]).toEqual([120, 80]);
  });

  it.each([
    ["commas", exported.replaceAll("\t", ",")],
    ["semicolons", exported.replaceAll("\t", ";")],
    ["no angle brackets", exported.replaceAll(/[<>]/g, "")],
    ["names in small letters", exported.toLowerCase()],
    ["no header", rows.join("\n")],
    [
      "no header and seven columns, as MT4",
      rows
        .map((row) => row.replace(/\t\d+\t\d+$/, "").replace(/:00\t/, "\t"))
        .join("\n")
        .replaceAll("\t", ",")
    ],
    ["one column of volume", exported.replace("<TICKVOL>\t<VOL>\t<SPREAD>", "<VOL>").replaceAll(/\t0\t\d\r/g, "\r")],
    ["a byte-order mark left out by the reader, blank lines", exported.replace("\r\n", "\r\n\r\n")]
  ])("are read with %s", (_, text) => {
    expect(mt5(text).bars).toEqual(plain);
  });

  it("of days have no time of day", () => {
    const days =
      "<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n2024.01.02\t1\t2\t1\t2\t5\t0\t1\n";
    expect(mt5(days).bars.time[0]).toBe(Date.UTC(2024, 0, 1, 22));
  });

  it("that repeat a row drop it and say so; that contradict it are refused", () => {
    expect(mt5(exported + rows[1]! + "\r\n")).toMatchObject({
      duplicateTimes: [Date.UTC(2024, 0, 2, 8, 1)],
      bars: {length: 2}
    });
    expect(() => mt5(exported + rows[1]!.replace("1.0953", "1.0954"))).toThrow(
      "b.csv:4: two bars at 2024-01-02T08:01:00.000Z differ: high 1.0953 and 1.0954"
    );
  });

  it("without a line end at the end may be whole; a last row that is shorter too may have been cut", () => {
    expect(mt5(exported.trimEnd()).warnings).toEqual([]);
    const minutes = Array.from({length: 8}, (_, i) => rows[0]!.replace("10:00", `10:0${i}`));
    const whole = minutes.join("\n");
    expect(mt5(whole).warnings).toEqual([]);
    expect(mt5(whole.slice(0, -1)).warnings).toEqual([
      "b.csv: the last row is shorter than the others and has no line end; was the file copied whole?"
    ]);
    expect(mt5(`${whole.slice(0, -1)}\n`).warnings).toEqual([]);
    expect(() => mt5(whole.slice(0, whole.lastIndexOf("\t")))).toThrow(
      "b.csv:8: invalid row: 9 fields expected, 8 found"
    );
  });

  it.each([
    ["a price that is no number", exported.replace("1.0955", "1.09S5"), 'b.csv:2: invalid high: "1.09S5"'],
    ["a hexadecimal number", exported.replace("1.0955", "0x10"), 'b.csv:2: invalid high: "0x10"'],
    ["an infinite price", exported.replace("1.0955", "1e999"), 'b.csv:2: invalid high: "1e999"'],
    ["a price of 0", exported.replace("1.0948", "0"), "b.csv:2: price not positive: 1.095 1.0955 0 1.0952"],
    ["a high below the low", exported.replace("1.0955", "1.0940"), "b.csv:2: high 1.094 below open 1.095"],
    [
      "a date that does not exist",
      exported.replace("2024.01.02\t10:01", "2024.02.30\t10:01"),
      'b.csv:3: invalid date and time: "2024.02.30 10:01:00"'
    ],
    [
      "rows out of order",
      [exported.trimEnd(), rows[0]].join("\r\n"),
      "b.csv:4: out of order: 2024-01-02T08:00:00.000Z after 2024-01-02T08:01:00.000Z"
    ],
    ["a row cut short", exported.replace("\t80\t0\t2", ""), "b.csv:3: invalid row: 9 fields expected, 6 found"],
    ["a column missing", exported.replace("<LOW>", "<LOWEST>"), "b.csv:1: invalid header: no column low"],
    ["nothing", "", "b.csv: empty"],
    ["a negative volume", exported.replace("\t120\t", "\t-1\t"), "b.csv:2: volume negative"]
  ])("are refused with %s", (_, text, message) => {
    expect(() => mt5(text)).toThrow(message);
  });
});

describe("exported ticks", () => {
  const text =
    "<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>\n2024.01.02\t10:00:00.123\t1.0950\t1.0952\t\t\t6\n2024.01.02\t10:00:00.123\t\t1.0953\t\t\t4\n2024.01.02\t10:00:01.000\t1.0951\t\t1.0952\t3\t26\n";
  const parse = (file: string) => parseMt5Ticks({name: "t.csv", text: file}, clock);
  it("carry an unchanged side on, and keep ticks of one millisecond", () => {
    const {ticks} = parse(text);
    expect([...ticks.time].map((time) => time - Date.UTC(2024, 0, 2, 8))).toEqual([123, 123, 1_000]);
    expect([[...ticks.bid], [...ticks.ask], [...ticks.last], [...ticks.volume]]).toEqual([
      [1.095, 1.095, 1.0951],
      [1.0952, 1.0953, 1.0953],
      [Number.NaN, Number.NaN, 1.0952],
      [0, 0, 3]
    ]);
  });

  it("of one millisecond stay together in an hour that the clock shows twice", () => {
    // New York sets its clock back at 06:00 UTC, when a server seven hours ahead shows nine o'clock.
    const night = text.replaceAll("2024.01.02\t10", "2024.11.03\t08");
    const again = night.replace("08:00:01.000", "09:00:01.000").concat("2024.11.03\t08:30:00.000\t1.1\t1.2\t\t\t6\n");
    const [open, back] = [Date.UTC(2024, 10, 3, 5), Date.UTC(2024, 10, 3, 6, 30)];
    expect([...parse(night).ticks.time]).toEqual([open + 123, open + 123, open + 1_000]);
    expect([...parse(again.replace("09:00:01.000", "08:59:01.000")).ticks.time].at(-1)).toBe(back);
  });

  it("are refused out of order or without any price, by line", () => {
    expect(() => parse(text.replace("10:00:01.000", "09:00:01.000"))).toThrow(/t\.csv:4: out of order/);
    expect(() => parse(text.replace("1.0950\t1.0952", "\t"))).toThrow(/t\.csv:2: no bid and no last price/);
  });
});

describe("files that overlap", () => {
  const part = (name: string, text: string) => ({name, ...mt5(text)});
  it("are one series where they agree, and refused where they do not", () => {
    expect(mergeBars([part("a", exported), part("b", exported)])).toMatchObject({
      duplicateTimes: [Date.UTC(2024, 0, 2, 8), Date.UTC(2024, 0, 2, 8, 1)],
      bars: {length: 2}
    });
    expect(() => mergeBars([part("a", exported), part("b", exported.replace("1.0955", "1.0956"))])).toThrow(
      "b: two bars at 2024-01-02T08:00:00.000Z differ: high"
    );
  });
});
