import type {EvidenceGrade} from "../../services/domain/estimate.js";
import {html} from "./html.js";

const bars: Readonly<Record<EvidenceGrade, number>> = {none: 0, weak: 1, moderate: 2, strong: 3};

/** How far the evidence goes, in words and as three bars. */
export function gradeMark(grade: EvidenceGrade): HTMLElement {
  const marks = [0, 1, 2].map((i) => html`<i class=${i < bars[grade] ? "on" : ""}></i>`);
  return html`<span class="grade" data-grade=${grade}><span aria-hidden="true">${marks}</span>${grade === "none" ? "no" : grade} evidence</span>`;
}
