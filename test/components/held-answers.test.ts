// @vitest-environment jsdom
import {afterEach, describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {createSql} from "../../components/sql/create-sql.js";
import {type HeldAnswer, heldDatabase, recorded} from "../../components/sql/held-answers.js";
import type {Database} from "../../components/sql/open-database.js";
import {queryBox} from "../../components/sql/query-box.js";
import type {SqlResult} from "../../components/sql/sql-result.js";

const window = globalThis as {tapebookAnswers?: readonly HeldAnswer[]; tapebookRecord?: HeldAnswer[]};
afterEach(() => {
  delete window.tapebookAnswers;
  delete window.tapebookRecord;
});

const values = [new Date(0), 12n ** 20n, 1.5, "text", true, null];
const kinds = ["time", "number", "number", "text", "boolean", "text"] as const;
const result: SqlResult = {
  rowCount: 1,
  columns: values.map((value, i) => ({name: `c${i}`, kind: kinds[i]!, value: () => value}))
};
const database: Database = {ready: Promise.resolve(), query: () => Promise.resolve(result), close: () => undefined};

async function takenDown(): Promise<HeldAnswer[]> {
  window.tapebookRecord = [];
  await recorded(database).query("SELECT ?", [new Date(5)]);
  return JSON.parse(JSON.stringify(window.tapebookRecord)) as HeldAnswer[];
}

describe("a file without a database", () => {
  it("answers what was asked when it was made with the very values, moments and long numbers too", async () => {
    const held = heldDatabase(await takenDown());
    const {columns, rowCount} = await held.query("SELECT ?", [new Date(5)]);
    expect(rowCount).toBe(1);
    expect(columns.map(({value}) => value(0))).toEqual(values);
    expect(columns.map(({kind}) => kind)).toEqual(kinds);
  });

  it("says of another question, or of another value in it, that it is not held", async () => {
    const held = heldDatabase(await takenDown());
    const refusal = /not held by this file, which has the answers to 1 queries and no database/;
    await expect(held.query("SELECT 2")).rejects.toThrow(refusal);
    await expect(held.query("SELECT ?", [new Date(6)])).rejects.toThrow(refusal);
  });

  it("is what a page's sql asks where the window holds answers, and its editor is closed", async () => {
    window.tapebookAnswers = await takenDown();
    const sql = createSql({});
    expect(await sql`SELECT ${new Date(5)}`).toHaveLength(1);
    const format = createFormats({zone: "UTC", locale: "en-GB"});
    const box = queryBox({sql, format, text: "SELECT 1"});
    expect(box.querySelector("textarea")?.readOnly).toBe(true);
    expect([...box.querySelectorAll("button")].every((button) => button.hidden)).toBe(true);
    expect(box.textContent).toContain("no database");
  });
});

it("passes nothing on where no file is being made", () => {
  expect(recorded(database)).toBe(database);
});
