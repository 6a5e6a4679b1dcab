// @vitest-environment jsdom
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {overallState} from "../../../components/live/overall-state.js";
import {type EndingView, transport} from "../../../components/live/transport.js";
import {watchRow} from "../../../components/live/watchlist.js";
import {type HandDesk, handDesk, infy, minuteBar, NINE} from "./hand-desk.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});

describe("pause and step", () => {
  let hand: HandDesk;
  let view: EndingView;
  const button = (text: string) => [...view.node.querySelectorAll("button")].find((one) => one.textContent === text)!;
  const press = (key: string) => document.dispatchEvent(new KeyboardEvent("keydown", {key}));
  const last = () => watchRow(hand.desk, infy.id).last;

  beforeEach(() => {
    vi.useFakeTimers({now: NINE + 90_000});
    hand = handDesk();
    view = transport(hand.gate, {instrument: () => infy.id, format});
    document.body.append(view.node);
    hand.tick(100, NINE + 80_000);
    hand.bar(minuteBar(1, 100), false);
  });
  afterEach(() => {
    view.end();
    hand.desk.close();
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  it("holds what is shown, says so everywhere, and catches up without a loss", () => {
    press("p");
    hand.tick(101, NINE + 81_000);
    hand.tick(102, NINE + 82_000);
    view.draw();
    expect(last()).toBe(100);
    expect(view.node.textContent).toContain(
      "Paused at 2 Jan 2024, 09:01:30 UTC: not live; 2 events wait".replace(" UTC", "\u00a0UTC")
    );
    expect([hand.desk.state(infy.id).state, overallState(hand.desk)]).toMatchObject([
      "paused",
      {state: "paused", note: "1 paused"}
    ]);
    press("p");
    expect([last(), hand.desk.ticks(infy.id).map((tick) => (tick.type === "trade" ? tick.price : NaN))]).toEqual([
      102,
      [102, 101, 100]
    ]);
    expect(hand.desk.state(infy.id).state).toBe("live");
  });

  it("steps price by price, and minute by minute", () => {
    button("Pause").click();
    hand.tick(101, NINE + 81_000);
    hand.tick(102, NINE + 82_000);
    hand.bar(minuteBar(1, 102), true);
    hand.tick(103, NINE + 121_000);
    view.draw();
    button("Next price").click();
    expect(last()).toBe(101);
    button("Next minute").click();
    expect([last(), hand.desk.joined(infy.id).forming, hand.gate.waiting]).toEqual([102, undefined, 1]);
    press(".");
    view.draw();
    expect([last(), button("Next price").disabled, hand.gate.heldTime]).toEqual([103, true, NINE + 90_000]);
  });

  it("leaves keys alone while one types", () => {
    const input = document.body.appendChild(document.createElement("input"));
    input.dispatchEvent(new KeyboardEvent("keydown", {key: "p", bubbles: true}));
    expect(hand.gate.heldTime).toBeUndefined();
  });
});
