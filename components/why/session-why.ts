import type {Dataset} from "../../services/domain/dataset.js";
import type {Formats} from "../format/create-formats.js";
import {widestPart} from "../panels/session-words.js";
import {leadingPart} from "../panels/volatility-words.js";
import type {SessionStudy} from "../work/study-tasks.js";
import {gapWhy} from "./gap-why.js";
import {openingWhy} from "./opening-why.js";
import {partWhy} from "./part-why.js";
import type {Why} from "./why.js";

/** What the session study's figures are of. */
export interface SessionContext {
  readonly study: SessionStudy;
  /** How long the opening range lasts. */
  readonly minutes: number;
  /** The venue's, whose sessions they are. */
  readonly zone: string;
  /** Data sets of the finest bars, and those that daily bars are from. */
  readonly fine: readonly Dataset[];
  readonly coarse: readonly Dataset[];
  readonly format: Formats;
}

/** What one figure of the session study stands on. @throws {RangeError} for an unknown figure */
export function sessionWhy(name: string, context: SessionContext): Why {
  const {study, minutes, zone, fine, coarse, format} = context;
  if (name === "range-by-part") return rangeByPart(context);
  if (name === "volume-by-part") return volumeByPart(context);
  if (name !== "gaps-filled") return openingWhy(name, {...study, minutes, zone, datasets: fine, format});
  const filled = study.gaps.find(({label}) => label === "all")!.filled;
  return gapWhy({gaps: study.allGaps, filled, datasets: coarse, format});
}

function rangeByPart({study: {ranges}, zone, fine, format}: SessionContext): Why {
  return partWhy(widestPart(ranges), ranges, {
    subject: "Range",
    measure: "Range",
    formula: "mean over sessions of (high − low) / open",
    definition: "How far the price went within a part of the day, over that part's first open; here the widest part.",
    show: (value) => format.fraction(value, {decimals: 3}),
    inputs: [["Clock", zone]],
    datasets: fine
  });
}

function volumeByPart({study: {volumes}, zone, fine, format}: SessionContext): Why {
  return partWhy(leadingPart(volumes), volumes, {
    subject: "Volume",
    measure: "Share over even share",
    formula:
      "mean over sessions of (volume of the part / volume of the session) / (time of the part / time of the session)",
    definition:
      "Share of a session's volume that a part of it holds, over its share of the session's time; as the venue counts it, ticks in FX.",
    show: (value) => `${format.number(value, {decimals: 2})} times`,
    inputs: [["Clock", zone]],
    datasets: fine
  });
}
