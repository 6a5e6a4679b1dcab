import {describe, expect, it} from "vitest";
import {createViews} from "../../components/sql/create-views.js";

/** Views of three files, with a record of what was made and the names that fail. */
function views() {
  const made: string[] = [];
  const failing = new Set<string>();
  const own = createViews(["bars", "daily", "Two words"], async (name: string) => {
    made.push(name);
    if (failing.has(name)) throw new Error("no such file");
  });
  return {made, failing, ask: (text: string, run = async () => text) => own.around(text, undefined, run)};
}

describe("createViews", () => {
  it("makes the views that a statement names, whatever their case, and each once", async () => {
    const {made, ask} = views();
    await ask("SELECT * FROM Bars");
    await ask('SELECT * FROM bars JOIN "two words" USING (time)');
    expect(made).toEqual(["bars", "Two words"]);
  });

  it.each(["SHOW TABLES", "SELECT 1", "SELECT * FROM information_schema.tables WHERE table_name = 'bars'"])(
    "makes all of them for %s",
    async (text) => {
      const {made, ask} = views();
      await ask(text);
      expect(made).toEqual(["bars", "daily", "Two words"]);
    }
  );

  it("makes the others where a name is unknown, and asks once more", async () => {
    const {made, ask} = views();
    let asked = 0;
    const run = () => {
      ++asked;
      return Promise.reject(new Error(`Catalog Error: no bar; ${made.length} views are there`));
    };
    await expect(ask("SELECT * FROM bars, bar", run)).rejects.toThrow("3 views are there");
    await expect(ask("SELECT * FROM bars, bar", run)).rejects.toThrow("3 views are there");
    expect([asked, made.length]).toEqual([3, 3]);
  });

  it("asks once where one of several statements fails, for those before it are done", async () => {
    const {made, ask} = views();
    let asked = 0;
    const run = () => {
      ++asked;
      return Promise.reject(new Error("Catalog Error: no bar"));
    };
    await expect(ask("CREATE TABLE t AS FROM bars; FROM bar;", run)).rejects.toThrow("no bar");
    expect([asked, made]).toEqual([1, ["bars"]]);
    await expect(ask("FROM bar; \n", run)).rejects.toThrow("no bar");
    expect(asked).toBe(2); // all views were there: it names none of them
  });

  it("asks once where a statement fails for another reason", async () => {
    const {made, ask} = views();
    await expect(ask("SELECT 1 / x FROM bars", () => Promise.reject(new Error("Binder Error: x")))).rejects.toThrow(
      "x"
    );
    expect(made).toEqual(["bars"]);
  });

  it("tries a file anew that could not be reached, and leaves the others usable", async () => {
    const {made, failing, ask} = views();
    failing.add("daily");
    await expect(ask("FROM daily")).rejects.toThrow("no such file");
    expect(await ask("FROM bars")).toBe("FROM bars");
    failing.clear();
    expect(await ask("FROM daily")).toBe("FROM daily");
    expect(made).toEqual(["daily", "bars", "daily"]);
  });
});
