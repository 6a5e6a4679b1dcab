import type {Estimate, EvidenceGrade} from "../../services/domain/estimate.js";
import {type EstimateText, formatEstimate} from "../format/estimate.js";
import {figure} from "./figure.js";
import {gradeMark} from "./grade-mark.js";
import {html} from "./html.js";

/** A figure and what it stands on. */
export interface StatTileOptions {
  readonly label: string;
  /** `undefined` where it cannot be had; then `reason` says why. */
  readonly value: number | undefined;
  /** The figure as shown. */
  readonly text: string;
  readonly unit?: string;
  /** What it stands on: `n = 214`, `60 sessions to 19 Nov`. Required: no number without its evidence. */
  readonly basis: string;
  /** As `95 %: 6 to 17`. */
  readonly interval?: string | undefined;
  /** Movement against a named period, as `+1.2 % since 18 Nov`. */
  readonly change?: string | undefined;
  readonly grade?: EvidenceGrade | undefined;
  readonly reason?: string | undefined;
  /** Colours the figure as gain or loss by the sign of its value, which is shown too. */
  readonly isSigned?: boolean;
  /** The figure's own name, by which `explained` asks for what it stands on: `win-rate`. */
  readonly figure?: string | undefined;
}

/** A tile: label, figure, unit, then change, interval, basis and grade in small type. */
export function statTile(options: StatTileOptions): HTMLElement {
  const {label, value, text, unit, basis, interval, change, grade, reason, isSigned = false, figure: name} = options;
  const tone = isSigned && value !== undefined && value !== 0 ? (value > 0 ? "gain" : "loss") : "";
  const lines = [value === undefined ? reason : undefined, change, interval, basis];
  return html`<div class="tile" data-absent=${value === undefined} data-figure=${name}>
    <span class="label">${label}</span>
    <span class=${`value ${tone}`}>${figure(value, text)}${unit === undefined || value === undefined ? null : html`<span class="unit">${unit}</span>`}</span>
    ${lines.filter((line) => line !== undefined).map((line) => html`<span>${line}</span>`)}
    ${grade === undefined ? null : gradeMark(grade)}
  </div>`;
}

/** An estimate as a tile takes it: its name, how its value is written, and what its n counted. */
export interface EstimateTileOptions {
  readonly label: string;
  readonly estimate: Estimate;
  /** The value, and either end of its interval, as shown. */
  readonly format: (value: number) => string;
  readonly unit?: string;
  /** What was counted, beside n: `round trips`. */
  readonly counted?: string;
  readonly grade?: EvidenceGrade;
  readonly isSigned?: boolean; // false
  readonly figure?: string;
  readonly locale?: string;
}

/** A tile of an estimate: its interval, n, or the reason why there is no value, come with it. */
export function estimateTile({estimate, format, counted, locale, ...rest}: EstimateTileOptions): HTMLElement {
  const {figure: text, interval, n, reason}: EstimateText = formatEstimate(estimate, format, locale);
  const basis = counted === undefined ? n : `${n} ${counted}`;
  return statTile({...rest, value: estimate.value, text, interval, basis, reason});
}

/** Tiles in one row, or two on a phone; at most six. */
export function tileRow(tiles: readonly HTMLElement[]): HTMLElement {
  if (!(tiles.length <= 6)) throw new RangeError(`too many tiles in a row: ${tiles.length}`);
  return html`<div class="tiles" data-columns=${tiles.length}>${tiles}</div>`;
}
