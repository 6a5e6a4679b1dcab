// @vitest-environment jsdom
import {csvParseRows} from "d3-dsv";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {chartPlan} from "../../components/sql/chart-plan.js";
import {addressFaults, longestLink, readAddress, writeAddress} from "../../components/sql/query-address.js";
import {queryFault} from "../../components/sql/query-fault.js";
import {createHistory} from "../../components/sql/query-history.js";
import {resultChart} from "../../components/sql/result-chart.js";
import {csvPieces} from "../../components/sql/result-csv.js";
import {resultTable} from "../../components/sql/result-table.js";
import {quotedName, schemaBrowser} from "../../components/sql/schema-browser.js";
import {resultOf, resultOfRows, type SqlResult, type SqlRows} from "../../components/sql/sql-result.js";
import {type SqlValue, valueReader} from "../../components/sql/sql-value.js";
import {thinSeries} from "../../components/sql/thin-series.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const at = (day: number) => new Date(Date.UTC(2019, 0, day, 3, 45));

function rowsOf(...rows: Record<string, SqlValue>[]): SqlRows {
  return Object.assign(rows, {columns: Object.keys(rows[0] ?? {})});
}

function made(...rows: Record<string, SqlValue>[]): SqlResult {
  return resultOfRows(rowsOf(...rows));
}

function counted(rowCount: number): SqlResult {
  return {rowCount, columns: [{name: "i", kind: "number", value: (row) => row}]};
}

describe("valueReader", () => {
  it.each([
    [{typeId: 2}, 9_007_199_254_740_991n, 9_007_199_254_740_991],
    [{typeId: 2}, 9_007_199_254_740_993n, 9_007_199_254_740_993n],
    [{typeId: 7, scale: 3}, new Uint32Array([12_345, 0, 0, 0]), 12.345],
    [{typeId: 7, scale: 1}, new Uint32Array([0xfffffffb, 0xffffffff, 0xffffffff, 0xffffffff]), -0.5],
    [{typeId: 7, scale: 2}, new Uint32Array([0, 0, 1, 0]), "184467440737095516.16"],
    [{typeId: 8, unit: 0}, new Date(Date.UTC(2024, 0, 2)), "2024-01-02"],
    [{typeId: 8, unit: 1}, at(2), at(2)],
    [{typeId: 10}, at(2).getTime(), at(2)],
    [{typeId: 9}, 36_672_500_000n, "10:11:12.500000"],
    [{typeId: 12}, [1n, 2n], "[1,2]"],
    [{typeId: -1, dictionary: {typeId: 5}}, "x", "x"],
    [{typeId: 3}, null, null]
  ])("reads %j exactly: %s", (type, raw, value) => {
    expect(valueReader(type).read(raw)).toEqual(value);
  });

  it("refuses an interval and says what would do", () => {
    const type = {typeId: 11};
    const table = {numRows: 1, schema: {fields: [{name: "i", type}]}, getChildAt: () => null};
    expect(() => resultOf(table)).toThrow("an INTERVAL cannot be shown: cast it");
  });
});

describe("resultTable", () => {
  it("gives each column of numbers one number of decimals, and times the zone of display", () => {
    const rows = rowsOf(
      {symbol: "INFY", time: at(2), close: 1642.5, n: 3},
      {symbol: "TCS", time: null, close: 7, n: null}
    );
    const table = resultTable(rows, format);
    const head = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent);
    expect(head).toEqual(["symbol", "timeAsia/Kolkata", "close", "n"]);
    const cells = [...table.querySelectorAll("tbody th, tbody td")].map((cell) => cell.textContent);
    expect(cells).toEqual(["INFY", "2 Jan 2019, 09:15", "1\u202f642.5", "3", "TCS", "–", "7.0", "–"]);
  });

  it("shows the first rows of a long result and says how many it leaves out", () => {
    const table = resultTable(counted(1_000_000), format);
    expect(table.querySelectorAll("tbody tr")).toHaveLength(200);
    expect(table.querySelector(".table-foot")!.textContent).toContain(
      "First 200 of 1\u202f000\u202f000 rows; 999\u202f800 are not shown, and are in the file"
    );
  });

  it("says that a query matched nothing", () => {
    expect(resultTable(Object.assign([], {columns: ["a"]}), format).textContent).toContain("no row matched");
  });
});

describe("csvPieces", () => {
  it("writes every value so that it reads back as it was", () => {
    const value = fc.oneof(fc.double({noNaN: true}), fc.string(), fc.constant(null), fc.boolean());
    fc.assert(
      fc.property(fc.array(fc.record({"a,b": value, c: value}), {minLength: 1, maxLength: 30}), (rows) => {
        const text = [...csvPieces(made(...rows))].join("");
        const back = csvParseRows(text).map((cells) => cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, "")));
        const plain = (each: SqlValue) => (each === null ? "" : String(each));
        expect(back).toEqual([["a,b", "c"], ...rows.map((row) => [plain(row["a,b"]), plain(row.c)])]);
      }),
      {seed: 4, numRuns: 200}
    );
  });

  it("tells NULL from empty text, and writes times in UTC", () => {
    expect([...csvPieces(made({a: null, b: "", t: at(2)}))].join("")).toBe('a,b,t\r\n,"",2019-01-02T03:45:00.000Z\r\n');
  });
});

describe("chartPlan", () => {
  const reasonOf = (result: SqlResult) => {
    const plan = chartPlan(result);
    return "reason" in plan ? plan.reason : plan.shape;
  };

  it("draws times in order, one line for each name where a time repeats", () => {
    const plan = chartPlan(
      made({n: 1, s: "B", t: at(3)}, {n: 2, s: "A", t: at(3)}, {n: 3, s: "B", t: at(2)}, {n: 4, s: "A", t: at(2)})
    );
    if (!("series" in plan)) throw new Error("no lines");
    expect(plan.series.map(({name, y}) => [name, [...y]])).toEqual([
      ["B", [3, 1]],
      ["A", [4, 2]]
    ]);
  });

  it("says why it cannot draw", () => {
    expect(reasonOf(made())).toBe("The result has no rows.");
    expect(reasonOf(made({a: "x"}))).toBe("There is no column of numbers to draw.");
    expect(reasonOf(made({a: 2, b: 1}, {a: 1, b: 1}))).toBe("There is no column of times or names to draw a against.");
    expect(reasonOf(made({a: "x", b: 1}, {a: "x", b: 2}))).toContain("a repeats");
    expect(reasonOf(made({t: at(2), b: 1}, {t: at(2), b: 2}))).toContain("t repeats");
    const many = Array.from({length: 14}, (_, i) => ({t: at(2 + (i % 2)), s: `s${i >> 1}`, n: i}));
    expect(reasonOf(made(...many))).toBe("s has more than 6 values: that many lines cannot be told apart.");
  });

  it("draws bars by name, days by date and rising numbers", () => {
    expect(reasonOf(made({a: "x", b: 1}, {a: "y", b: 2}))).toBe("bars");
    expect(reasonOf(made({d: "2024-01-02", b: 1}, {d: "2024-01-03", b: 2}))).toBe("line");
    expect(reasonOf(made({i: 1, b: 5}, {i: 2, b: 4}))).toBe("line");
    const frame = resultChart(made({a: "x", b: 1}, {a: "y", b: -2}), format);
    expect(frame.querySelectorAll("svg [data-mark=bar] rect")).toHaveLength(2);
    expect(frame.querySelector("header")!.textContent).toContain("n\u202f=\u202f2 rows");
  });
});

it("thinSeries keeps ends, peaks and troughs", () => {
  const y = Float64Array.from({length: 10_000}, (_, i) => (i === 777 ? 99 : i === 8_001 ? -99 : Math.sin(i)));
  const thin = thinSeries({name: "y", x: y.map((_, i) => i), y}, 400);
  expect(thin.x.length).toBeLessThanOrEqual(400);
  expect([thin.x[0], thin.x.at(-1), Math.max(...thin.y), Math.min(...thin.y)]).toEqual([0, 9_999, 99, -99]);
  expect([...thin.x]).toEqual([...thin.x].sort((a, b) => a - b));
});

describe("queryFault", () => {
  it("finds the place in a line that DuckDB cut on both sides", () => {
    const text = `SELECT ${"a, ".repeat(40)}nope, ${"b, ".repeat(40)}1\nFROM bars`;
    const piece = text.slice(90, 160);
    const caret = " ".repeat("LINE 1: ...".length + text.indexOf("nope") - 90);
    const fault = queryFault(new Error(`Binder Error: no nope\nTry: open\nLINE 1: ...${piece}...\n${caret}^`), text);
    expect(fault.message).toBe("Binder Error: no nope\nTry: open");
    expect(fault.place).toMatchObject({line: 1, column: text.indexOf("nope") + 1, offset: text.indexOf("nope")});
  });

  it("keeps the words where they name no place, or one that is not there", () => {
    expect(queryFault(new Error("IO Error: x"), "select")).toEqual({message: "IO Error: x"});
    expect(queryFault(new Error("Parser Error: x\nLINE 9: y\n        ^"), "select")).toEqual({
      message: "Parser Error: x"
    });
  });
});

it("an address holds a query and gives it back, and says when it is too long", () => {
  const text = "SELECT 'a+b & c'\n-- ü";
  const {query, isWhole} = writeAddress(new URLSearchParams("instrument=X&query=old"), {text, view: "chart"});
  expect([readAddress(query), isWhole, query.toString().startsWith("instrument=X&")]).toEqual([
    {text, view: "chart"},
    true,
    true
  ]);
  const long = writeAddress(new URLSearchParams("query=old"), {text: "x".repeat(longestLink + 1), view: "table"});
  expect([long.query.toString(), long.isWhole]).toEqual(["", false]);
});

it("an address that asks for a view there is not says which there are, and is a table", () => {
  const wrong = new URLSearchParams("view=pie&query=+");
  expect(readAddress(wrong)).toEqual({text: null, view: "table"});
  expect(addressFaults(wrong)).toEqual(["Result as: no such choice: pie; shown is table, there are table, chart"]);
  expect(addressFaults(new URLSearchParams("view=chart"))).toEqual([]);
});

it("a history survives damaged and forbidden stores, keeps each text once and at most 50", () => {
  const damaged = {getItem: () => '{"not": "a list"}', setItem: () => {}, removeItem: () => {}};
  expect(createHistory(damaged).list()).toEqual([]);
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  const history = createHistory({getItem: refuse, setItem: refuse, removeItem: refuse});
  for (let i = 0; i < 60; ++i) history.add(`select ${i}`);
  history.add("select 30");
  expect([
    history.list().length,
    history.list()[0],
    history.list().filter((text) => text === "select 30").length
  ]).toEqual([50, "select 30", 1]);
});

describe("the schema browser", () => {
  it("inserts a chosen name, in quotes where SQL wants them", async () => {
    const chosen: string[] = [];
    const columns = [{name: "net, %", type: "DOUBLE", isOptional: true, unit: "fraction"}];
    const view = schemaBrowser(
      {deals: {file: "x", row: "a deal", datasets: 2}},
      {format, insert: (name) => chosen.push(name), load: async () => ({rows: 1234, columns})}
    );
    await new Promise((resolve) => setTimeout(resolve));
    expect(view.querySelector("summary")!.textContent).toBe("deals 1\u202f234 rows");
    for (const button of view.querySelectorAll("button")) button.click();
    expect(chosen).toEqual(["deals", '"net, %"']);
    expect(quotedName('a"b')).toBe('"a""b"');
  });
});
