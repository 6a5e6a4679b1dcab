import type {Timeframe} from "../../services/domain/timeframe.js";
import type {Formats} from "../format/create-formats.js";
import {html} from "../parts/html.js";
import {setText} from "../parts/set-text.js";
import type {Gate} from "./gate.js";
import type {LiveView} from "./watchlist.js";

/** What a transport steps by. */
export interface TransportOptions {
  /** The instrument whose prices and bars are stepped through. */
  readonly instrument: () => string | undefined;
  readonly format: Formats;
}

/** A view that lets go of what it listens to. */
export interface EndingView extends LiveView {
  end(): void;
}

const minutes: Timeframe = "1m";

/**
 * Pause and step: holds what the page shows while the line behind it goes on, lets it through by one price or one
 * minute, and catches up. Keys `p`, `.` and `>`, wherever one is not typing.
 */
export function transport(gate: Gate | undefined, {instrument, format}: TransportOptions): EndingView {
  const hold = button("Pause", "p", "Hold what is shown (p)");
  const tick = button("Next price", ".", "Let one price of the instrument through (.)");
  const bar = button("Next minute", ">", "Let through up to the next closed minute of the instrument (>)");
  const words = html`<span class="transport-words" role="status"></span>`;
  const node = html`<div class="transport" role="group" aria-label="Pause and step">${hold}${tick}${bar}${words}</div>`;

  const toggle = () => (gate?.heldTime === undefined ? gate?.hold() : gate.release());
  const stepTick = () => gate?.step(({topic}) => topic === `tick:${instrument()}`);
  const stepBar = () =>
    gate?.step((event) => event.type === "bar" && event.final && event.topic === `bar:${instrument()}:${minutes}`);
  for (const [control, act] of [
    [hold, toggle],
    [tick, stepTick],
    [bar, stepBar]
  ] as const)
    control.addEventListener("click", act);
  const ending = new AbortController();
  const byKey = new Map([
    ["p", hold],
    [".", tick],
    [">", bar]
  ]);
  document.addEventListener(
    "keydown",
    (event) => {
      const control = byKey.get(event.key);
      if (!control || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !node.isConnected)
        return;
      event.preventDefault();
      control.click();
    },
    {signal: ending.signal}
  );

  function draw(): void {
    const heldTime = gate?.heldTime;
    const isHeld = heldTime !== undefined;
    node.hidden = gate === undefined;
    node.classList.toggle("is-held", isHeld);
    setText(hold, isHeld ? "Catch up" : "Pause");
    hold.setAttribute("aria-pressed", String(isHeld));
    for (const control of [tick, bar]) control.disabled = !isHeld || gate!.waiting === 0;
    setText(words, isHeld ? heldWords(gate!, heldTime, format) : "");
  }
  return {node, draw, end: () => ending.abort()};
}

function heldWords({waiting}: Gate, heldTime: number, format: Formats): string {
  const rest =
    waiting === 0 ? "nothing new waits" : `${format.count(waiting)} ${waiting === 1 ? "event waits" : "events wait"}`;
  return `Paused at ${format.zoned(heldTime, "second")}: not live; ${rest}`;
}

function button(text: string, key: string, title: string): HTMLButtonElement {
  return html`<button class="button" type="button" aria-keyshortcuts=${key} title=${title}>${text}</button>` as HTMLButtonElement;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox], [type=range]), select, textarea");
}
