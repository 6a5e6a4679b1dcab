// @vitest-environment jsdom
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {runAlerts} from "../../../components/alerts/alert-engine.js";
import {firingTable, ruleList} from "../../../components/alerts/alert-lists.js";
import {parseRule} from "../../../components/alerts/alert-rule.js";
import {type AlertStore, type Firing, openAlertStore} from "../../../components/alerts/alert-store.js";
import {announcer} from "../../../components/alerts/announcer.js";
import {ruleForm} from "../../../components/alerts/rule-form.js";
import {sharedRulesNode} from "../../../components/alerts/shared-rules-node.js";
import {storeFaults} from "../../../components/alerts/store-faults.js";
import {createFormats} from "../../../components/format/create-formats.js";
import {toBarSeries} from "../../../services/domain/bar.js";
import {type HandDesk, handDesk, infy, minuteBar, NINE} from "../live/hand-desk.js";
import {memoryBrowser} from "./memory-browser.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const ids = [infy.id];
const snapshot = toBarSeries([minuteBar(-600, 1_500), minuteBar(-2, 1_510), minuteBar(-1, 1_520)]);

describe("alerts", () => {
  let hand: HandDesk;
  let room: ReturnType<typeof memoryBrowser>;
  let store: AlertStore;
  let firings: Firing[];
  let end: () => void;

  const arm = (text: string) => {
    const parsed = parseRule(text, ids);
    if ("fault" in parsed) throw new Error(parsed.fault);
    store.add(parsed.rule, hand.desk.now());
  };
  const look = (ms = 1_000) => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers({now: NINE + 10_000});
    hand = handDesk(snapshot);
    room = memoryBrowser();
    store = openAlertStore(ids, room.open());
    firings = [];
    end = runAlerts({desk: hand.desk, store, onFiring: (firing) => firings.push(firing)});
  });
  afterEach(() => {
    end();
    hand.desk.close();
    vi.useRealTimers();
  });

  it("fire at the first tick that reaches a price, once, with the tick for evidence", async () => {
    arm("price NSE:INFY above 1530");
    hand.tick(1_529.95, NINE + 11_000);
    hand.tick(1_530.05, NINE + 12_000);
    hand.tick(1_540, NINE + 13_000);
    await look();
    await look(5_000);
    expect(firings.map(({evidence}) => evidence)).toEqual([
      {type: "tick", time: NINE + 12_000, price: 1_530.05, level: 1_530}
    ]);
    expect([store.rules[0]!.firedTime, store.log.length]).toEqual([NINE + 10_500, 1]);
  });

  it("do not fire on what was before they were armed", async () => {
    hand.tick(1_540, NINE + 9_000);
    hand.bar(minuteBar(0, 1_535, 10), false);
    arm("price NSE:INFY above 1530");
    await look();
    expect(firings).toEqual([]);
    hand.bar(minuteBar(1, 1_528, 3), true);
    await look();
    expect(firings[0]!.evidence).toEqual({type: "bar", time: NINE + 60_000, price: 1_531, level: 1_530});
  });

  it("fire on a change from the close before the session, and from minutes ago", async () => {
    arm("change NSE:INFY above 2% close");
    arm("change NSE:INFY below 1% 1m");
    hand.tick(1_530, NINE + 11_000);
    await look();
    expect(firings.map(({evidence}) => evidence)).toMatchObject([
      {type: "tick", price: 1_530, level: 1_530, from: {price: 1_500, time: minuteBar(-600, 0).time}}
    ]);
    hand.bar(minuteBar(0, 1_530), true);
    hand.bar(minuteBar(1, 1_512), true);
    await look();
    expect(firings[1]!.evidence).toMatchObject({type: "bar", price: 1_512, from: {price: 1_530, time: NINE}});
  });

  it("fire on silence, but not on a page that slept", async () => {
    arm("stale NSE:INFY 60s");
    hand.tick(1_520, NINE + 10_000);
    vi.setSystemTime(NINE + 8 * 3_600_000);
    await look();
    expect(firings).toEqual([]);
    await look(61_000);
    expect(firings[0]!.evidence).toMatchObject({type: "silence", reason: expect.stringMatching(/\w/)});
  });

  it("fire once over all pages of a browser, and again when they are armed again", async () => {
    const others: Firing[] = [];
    const other = openAlertStore(ids, room.open());
    const endOther = runAlerts({desk: hand.desk, store: other, onFiring: (firing) => others.push(firing)});
    arm("price NSE:INFY above 1530");
    hand.tick(1_531, NINE + 11_000);
    await look();
    expect(firings.length + others.length).toBe(1);
    expect([other.log, other.rules]).toEqual([store.log, store.rules]);
    store.arm(store.rules[0]!.id, hand.desk.now());
    hand.tick(1_532, NINE + 15_000);
    await look();
    expect(firings.length + others.length).toBe(2);
    endOther();
  });

  it("are announced once, shown and named where the browser cannot keep what fired, and kept when it can", async () => {
    arm("price NSE:INFY above 1530");
    room.fill();
    hand.tick(1_531, NINE + 11_000);
    await look(5_000);
    expect([firings.length, store.log.length, store.rules[0]!.firedTime]).toEqual([1, 1, NINE + 10_500]);
    expect(storeFaults(store.faults)).toMatchObject({
      textContent: expect.stringContaining("could not be kept, and is shown until this page is left: storage is full")
    });
    room.fill(false);
    arm("price NSE:INFY above 2000");
    expect([store.faults, openAlertStore(ids, room.open()).log.length]).toEqual([[], 1]);
  });

  it("outlive the page, and leave out what makes no sense, naming it", () => {
    arm("price NSE:INFY above 1530");
    expect(openAlertStore(ids, room.open()).rules).toEqual(store.rules);
    const text = JSON.parse(room.kept.get("tapebook.alerts")!);
    text.rules.push({id: "x", rule: "price NSE:INFY above <b>", armedTime: 1}, 7);
    text.log.push({ruleId: "x", rule: "y", firedTime: 1, evidence: {type: "tick"}});
    room.kept.set("tapebook.alerts", JSON.stringify(text));
    const again = openAlertStore(ids, room.open());
    expect([again.rules.length, again.faults]).toEqual([
      1,
      [
        "kept rule 2 is left out: invalid price: <b>; a number above 0, as 1650.5",
        "kept rule 3 is left out: not an object",
        "kept firing 1 is left out: no evidence"
      ]
    ]);
    room.kept.set("tapebook.alerts", "{");
    expect(openAlertStore(ids, room.open())).toMatchObject({rules: [], faults: [expect.stringContaining("not JSON")]});
  });

  it("are listed with their state, and what fired with what it fired on", async () => {
    arm("price NSE:INFY above 1530");
    hand.tick(1_531, NINE + 11_000);
    await look();
    const options = {instruments: [infy], format, now: hand.desk.now};
    expect(ruleList(store, options).textContent).toMatch(/NSE:INFY at or above 1\u202f530.00 INR\s+Fired/);
    expect((firingTable(store.log, options) as HTMLElement).textContent).toContain(
      "tick of 2 Jan 2024, 09:00:11\u00a0UTC at 1\u202f531.00, level 1\u202f530.00"
    );
    ruleList(store, options).querySelector<HTMLButtonElement>("[aria-label^=Remove]")!.click();
    expect(store.rules).toEqual([]);
  });

  it("are made by a form, which says what makes none", () => {
    const form = ruleForm([infy], (rule) => store.add(rule, hand.desk.now()));
    const submit = () => form.dispatchEvent(new Event("submit"));
    submit();
    expect(form.querySelector(".form-fault")!.textContent).toContain("price takes 2 words");
    form.querySelector<HTMLInputElement>("input")!.value = "1650";
    submit();
    expect(store.rules.map(({rule}) => rule)).toEqual([
      {kind: "price", instrument: "NSE:INFY", side: "above", level: 1_650}
    ]);
  });

  it("that a link brings are armed only when the reader says so", () => {
    let added = 0;
    const node = sharedRulesNode(["<b>one</b>"], () => ++added) as HTMLElement;
    expect([node.querySelector("b"), added]).toEqual([null, 0]);
    node.querySelector("button")!.click();
    expect(added).toBe(1);
  });

  it("make no sound and no notification until they are turned on", async () => {
    const done: string[] = [];
    let isAllowed = false;
    const made = announcer({
      beep: () => void done.push("beep"),
      notify: (text) => void done.push(text),
      allowNotify: () => Promise.resolve(isAllowed)
    });
    document.body.append(made.node);
    const [sound, notify] = made.node.querySelectorAll("input");
    made.announce("a");
    expect(done).toEqual([]);
    notify!.click();
    await look(0);
    expect([notify!.checked, made.node.textContent]).toEqual([
      false,
      expect.stringContaining("does not let the page notify")
    ]);
    isAllowed = true;
    notify!.click();
    await look(0);
    sound!.click();
    made.announce("b");
    expect(done).toEqual(["beep", "beep", "b"]);
  });
});
