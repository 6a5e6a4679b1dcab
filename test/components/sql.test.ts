import {describe, expect, it} from "vitest";
import {createSql, type OpenDatabase} from "../../components/sql/create-sql.js";
import {resultOf, settled, workshop} from "./sql-workshop.js";

describe("createSql", () => {
  it("opens nothing until the first query, then once, and hands parameters beside the text", async () => {
    const {asked, opened, open} = workshop();
    const sql = createSql({}, open);
    expect([opened(), sql.state.name]).toEqual([0, "closed"]);
    const cell = sql`select * from bars where close > ${1.2}`;
    void sql.query("select 1");
    await settled();
    expect(opened()).toBe(1);
    expect(asked.map(({text, parameters}) => [text, parameters])).toEqual([
      ["select * from bars where close > ?", [1.2]],
      ["select 1", []]
    ]);
    expect(sql.state).toEqual({name: "ready", running: 2});
    asked[0]!.answer(resultOf({a: 1}, {a: 2}));
    expect([...(await cell)]).toEqual([{a: 1}, {a: 2}]);
  });

  it("cancels a query by ending its worker, and runs the others again in a fresh one", async () => {
    const {asked, closed, opened, open} = workshop();
    const sql = createSql({}, open);
    const control = new AbortController();
    const endless = sql.run("endless", {signal: control.signal});
    const other = sql.query("other");
    await settled();
    control.abort();
    await expect(endless).rejects.toThrow(/abort/);
    await settled();
    expect([closed, opened()]).toEqual([[1], 2]);
    expect(asked.map(({text, database}) => [text, database])).toEqual([
      ["endless", 1],
      ["other", 1],
      ["other", 2]
    ]);
    asked[1]!.answer(resultOf({a: "of the ended worker"}));
    asked[2]!.answer(resultOf({a: "of the fresh one"}));
    expect([...(await other)]).toEqual([{a: "of the fresh one"}]);
  });

  it("hands over what a reader waits for before the statements of cells, and those when it is done", async () => {
    const {asked, open} = workshop();
    const sql = createSql({}, open);
    const control = new AbortController();
    void sql.query("first cell");
    const own = sql.run("reader's", {isAwaited: true, signal: control.signal});
    void sql.query("second cell");
    await settled();
    expect(asked.map(({text}) => text)).toEqual(["reader's"]);
    asked[0]!.answer(resultOf({a: 1}));
    await own;
    await settled();
    expect(asked.map(({text}) => text)).toEqual(["reader's", "first cell", "second cell"]);
    const endless = sql.run("endless", {isAwaited: true, signal: control.signal});
    void sql.query("third cell");
    await settled();
    control.abort();
    await expect(endless).rejects.toThrow(/abort/);
    await settled();
    expect(asked.slice(3).map(({text, database}) => [text, database])).toEqual([
      ["endless", 1],
      ["first cell", 2],
      ["second cell", 2],
      ["third cell", 2]
    ]);
  });

  it("opens anew after a database that could not be opened, and says why it could not", async () => {
    let opened = 0;
    const good = workshop();
    const open: OpenDatabase = (...args) =>
      ++opened === 1
        ? {ready: Promise.reject(new Error("status 404")), query: () => new Promise(() => {}), close: () => {}}
        : good.open(...args);
    const sql = createSql({}, open);
    await expect(Promise.all([sql.query("select 1"), sql.query("select 2")])).rejects.toThrow("status 404");
    expect(sql.state).toMatchObject({name: "failed"});
    const again = sql.query("select 1");
    await settled();
    good.asked[0]!.answer(resultOf({a: 1}));
    expect(await again).toHaveLength(1);
  });

  it("opens anew when the program itself falls over, and leaves it be when a statement fails", async () => {
    const {asked, closed, open} = workshop();
    const sql = createSql({}, open);
    const wrong = sql.query("wrong");
    await settled();
    asked[0]!.fail(new Error("Parser Error: syntax error"));
    await expect(wrong).rejects.toThrow("Parser Error");
    expect(closed).toEqual([]);
    const broken = sql.query("broken");
    await settled();
    asked[1]!.fail(new Error("RuntimeError: memory access out of bounds"));
    await expect(broken).rejects.toThrow("out of bounds");
    expect(closed).toEqual([1]);
    const large = sql.query("large");
    await settled();
    asked[2]!.fail(new Error("malloc of size 2147483648 failed"));
    await expect(large).rejects.toThrow("malloc");
    expect(closed).toEqual([1, 2]);
  });
});
