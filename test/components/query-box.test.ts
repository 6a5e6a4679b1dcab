// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {createSql} from "../../components/sql/create-sql.js";
import {queryBox} from "../../components/sql/query-box.js";
import {createHistory} from "../../components/sql/query-history.js";
import {resultOf, settled, workshop} from "./sql-workshop.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});

describe("queryBox", () => {
  function box(search = "") {
    const {asked, open} = workshop();
    const steps = [search];
    let back: (() => void) | undefined;
    const kept = new Map<string, string>();
    const store = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key)
    };
    const element = queryBox({
      sql: createSql({}, open),
      format,
      text: "select 1",
      history: createHistory(store),
      address: {
        read: () => new URLSearchParams(steps.at(-1)),
        write(query, how) {
          if (how === "amend") steps.pop();
          if (`?${query}` !== steps.at(-1)) steps.push(`?${query}`);
        },
        listen: (listener) => (back = listener)
      }
    });
    document.body.replaceChildren(element);
    const area = element.querySelector("textarea")!;
    const button = (name: string) =>
      [...element.querySelectorAll("button")].find((each) => each.textContent === name) as HTMLButtonElement;
    const press = (key: string, ctrlKey = false) =>
      area.dispatchEvent(new KeyboardEvent("keydown", {key, ctrlKey, cancelable: true, bubbles: true}));
    const said = () => element.querySelector("[role=status]")!.textContent;
    const goBack = () => {
      steps.pop();
      back?.();
    };
    return {element, asked, area, button, press, said, kept, goBack, address: () => steps.at(-1)};
  }

  it("runs by Ctrl + Enter and leaves Tab and Enter to the browser", async () => {
    const {asked, press} = box();
    expect([press("Tab"), press("Enter")]).toEqual([true, true]); // not prevented
    expect(press("Enter", true)).toBe(false);
    await settled();
    expect(asked.map(({text}) => text)).toEqual(["select 1"]);
  });

  it("puts what ran into the address and the history, and clears the history when asked", async () => {
    const {asked, area, press, address, kept, button, element} = box("?zone=UTC");
    area.value = "  select 2\n";
    press("Enter", true);
    await settled();
    asked[0]!.answer(resultOf({a: 2}));
    await settled();
    expect(address()).toBe("?zone=UTC&query=select+2");
    expect([...kept.values()]).toEqual(['["select 2"]']);
    button("Clear history").click();
    expect(kept.size).toBe(0);
    expect(element.querySelector("summary")!.textContent).toContain("History (0)");
  });

  it("runs the query of its address when it opens, and shows it as the address says", async () => {
    const {asked, area, element} = box("?query=select+%27a%27%2C+1&view=chart");
    await settled();
    expect([area.value, asked[0]!.text]).toEqual(["select 'a', 1", "select 'a', 1"]);
    asked[0]!.answer(resultOf({name: "a", n: 1}));
    await settled();
    expect(element.querySelector("figure h3")!.textContent).toBe("n by name");
  });

  it("takes each query and each view as a step, and goes back over them, answer and all", async () => {
    const {asked, area, press, element, button, goBack, address, said} = box();
    const answer = () => element.querySelector(".answer")!.textContent;
    const ask = async (text: string, name: string) => {
      area.value = text;
      press("Enter", true);
      await settled();
      asked.at(-1)!.answer(resultOf({name, n: 1}));
      await settled();
    };
    await ask("select 'first'", "first");
    await ask("select 'second'", "second");
    button("Chart").click();
    expect(address()).toBe("?query=select+%27second%27&view=chart");
    goBack();
    expect(element.querySelector(".answer tbody")!.textContent).toContain("second");
    goBack();
    await settled();
    expect([address(), area.value, asked.at(-1)!.text]).toEqual([
      "?query=select+%27first%27",
      "select 'first'",
      "select 'first'"
    ]);
    asked.at(-1)!.answer(resultOf({name: "first again", n: 1}));
    await settled();
    expect(answer()).toContain("first again");
    goBack();
    expect([area.value, answer(), said()]).toEqual(["select 1", "", ""]);
  });

  it("names a view that its address asks for in vain, until another is chosen", async () => {
    const {asked, element, button} = box("?query=select+1&view=pie");
    await settled();
    asked[0]!.answer(resultOf({name: "a", n: 1}));
    await settled();
    expect(element.querySelector(".link-fault")!.textContent).toContain("no such choice: pie");
    expect(element.querySelector(".answer tbody")).not.toBeNull();
    button("Chart").click();
    expect(element.querySelector(".link-fault")).toBeNull();
  });

  it("shows a fault in place, in the database's words, and goes to it", async () => {
    const {asked, area, press, element, button, said} = box();
    area.value = "\nselect 1,\n  selec";
    press("Enter", true);
    await settled();
    asked[0]!.fail(new Error('Parser Error: syntax error at or near "selec"\nLINE 2:   selec\n          ^'));
    await settled();
    expect(element.querySelector("[role=alert]")!.textContent).toContain("✕ Parser Error: syntax error");
    expect(said()).toBe("The query failed; the reason stands below.");
    button("Go to line 2, column 3").click();
    expect([area.selectionStart, document.activeElement === area]).toEqual([area.value.indexOf("selec", 8), true]);
  });

  it("cancels what runs, says so, and gives the editor the focus back", async () => {
    const {press, button, said, area, element} = box();
    press("Enter", true);
    await settled();
    expect([button("Cancel").disabled, said()]).toEqual([
      false,
      "Running. Cancel stops it; the page goes on meanwhile."
    ]);
    button("Cancel").focus();
    button("Cancel").click();
    await settled();
    expect(said()).toMatch(/^Cancelled after/);
    expect(element.querySelector(".answer")!.textContent).toContain("its worker was ended");
    expect([button("Cancel").disabled, document.activeElement === area]).toEqual([true, true]);
  });

  it("shows the answer of the later of two queries, and ends the earlier", async () => {
    const {asked, press, area, element} = box();
    press("Enter", true);
    area.value = "select 2";
    press("Enter", true);
    await settled();
    const [last] = asked.filter(({text, database}) => text === "select 2" && database === 2);
    last!.answer(resultOf({a: "second"}));
    await settled();
    expect(element.querySelector("tbody")!.textContent).toBe("second");
  });

  it("puts a name where the caret is", () => {
    const {area, element} = box();
    area.value = "select from bars";
    area.setSelectionRange(6, 6);
    (element as ReturnType<typeof queryBox>).insert("close");
    expect(area.value).toBe("select close from bars");
  });
});
