import type {StructureEvent} from "../event.js";

/** Which way a trend started, in the deployed finder's own words. */
export type TrendStartType = "uptrend_start" | "downtrend_start";

/** Where a trend started. Bars are counted from 1 in the evidence, as the deployed finder counts them. */
export interface TrendStartEvent extends StructureEvent<TrendStartType, "confirmedBar" | "triggeringBar"> {
  /** What confirmed it, as `EXHAUSTION_REVERSAL`, or `FORCED_by_CUS_` and a rule where it was put between two others. */
  readonly ruleType: string;
}
