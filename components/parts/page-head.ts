import type {EpochMs} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {moment} from "./figure.js";
import {html} from "./html.js";

/** What a page is, for whom, as of when, and in what state. */
export interface PageHeadOptions {
  readonly title: string;
  /** One line under the title: the account, the instrument, what the page answers. */
  readonly deck?: string;
  /** The moment up to which the page speaks; `null` where it holds no data. */
  readonly asOf: EpochMs | null;
  readonly state?: "snapshot" | "live" | "stale" | "paused";
  /** Why it is stale, or what it is live from. */
  readonly note?: string;
  readonly simulated: boolean;
}

/**
 * The head of every page. The as-of moment is in the display zone, which is named; up is red for those who wish it. The
 * window is called as the page is: those of one template are told apart in tabs and in a history.
 */
export function pageHead(options: PageHeadOptions, format: Formats): HTMLElement {
  document.documentElement.dataset["up"] = format.redIsUp ? "red" : "teal";
  const {title, deck, asOf, state = "snapshot", note, simulated} = options;
  document.title = [title, siteName()].filter((each) => each !== "").join(" | ");
  const spoken =
    asOf === null
      ? "No data yet"
      : html`<span>As of ${moment(asOf, format.zoned(asOf))}${format.zone === "UTC" ? "" : ` (${format.zone})`}</span>`;
  return html`<header class="page-head">
    <h1>${title}</h1>
    ${deck === undefined ? null : html`<p class="deck">${deck}</p>`}
    <p class="standing">
      ${simulated ? html`<span class="mark mark-simulated">Simulated data</span>` : null}
      <span class=${`mark mark-${state}`}>${stateNames[state]}</span>
      ${spoken}
      ${note === undefined ? null : html`<span>${note}</span>`}
    </p>
  </header>`;
}

const stateNames = {snapshot: "Snapshot", live: "● Live", stale: "Stale", paused: "Paused"} as const;

function siteName(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=application-name]")?.content ?? "";
}
