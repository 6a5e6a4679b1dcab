import type {Bar, BarSeries} from "../../../domain/bar.js";
import type {EpochMs} from "../../../domain/time.js";
import {createOrderCheck, type Detector, detectAll} from "../event.js";
import {createBarHistory} from "./bar-history.js";
import {createCandidates} from "./candidates.js";
import {type Containment, nextContainment} from "./containment.js";
import {downtrendRules, firstRule, type Moment, uptrendRules} from "./rules.js";
import {createStatements} from "./statements.js";
import type {TrendStartEvent, TrendStartType} from "./trend-start-event.js";

const PATIENCE_BARS = 5; // later than this after a containment's beginning nothing confirms

/**
 * Trend starts (CUS and CDS): confirmed starts of up- and downtrends, by the deployed finder's rules.
 *
 * A low bar is a candidate for an uptrend start (PUS), a high one for a downtrend start (PDS); a later bar confirms a
 * candidate by the first that holds of the rules in `rules.ts`. Two starts of one kind in a row force one of the other
 * kind between them, at the extreme.
 *
 * @returns events in the order in which they became known. `time` and `price` are the confirmed bar's, `price` its
 * close; `knownAt` is the bar that triggered it, often several later: before that nobody could have acted on it
 * @throws {RangeError} if a bar makes no sense or times do not rise
 * @example trendStarts(daily)[0] // {type: "downtrend_start", price: 5732.25, ruleType: "NewHighWeakAdvance_B", …}
 *
 * A convention, not an estimate: whole bars are compared, and the only thresholds are six bars of age and five of
 * containment. The rules for up and down are not each other's mirror image. One of them, `OutsideBarStrongerClose_H`, is
 * the deployed finder's and can never be stated: it asks for the PDS on P and C outside P, and then C's low lies below the
 * PDS's open, so that `LowThenHigherClose_vs_PDSOpen`, which is asked first, holds as well.
 */
export function trendStarts(bars: BarSeries): TrendStartEvent[] {
  return detectAll(bars, createTrendStarts());
}

/** A bar that a trend may have started on: what is told of it as long as nothing has confirmed or replaced it. */
export interface PendingStart {
  readonly type: TrendStartType;
  /** When the bar opened. */
  readonly time: EpochMs;
  /** Its low for an uptrend, its high for a downtrend: what has to hold. */
  readonly price: number;
}

/** A detector of trend starts that also tells its candidates (PUS and PDS) after the latest bar. */
export interface TrendStartDetector extends Detector<TrendStartEvent> {
  readonly pending: readonly PendingStart[];
}

/** `trendStarts` a bar at a time. */
export function createTrendStarts(): TrendStartDetector {
  const assertOrder = createOrderCheck();
  const history = createBarHistory();
  const candidates = createCandidates(history);
  const statements = createStatements(history);
  let containment: Containment | undefined;

  /** States what C confirms of the candidates that stood before it. */
  function confirm(moment: Moment): {cus: boolean; cds: boolean; pdsOnC: boolean} {
    const {pus, pds} = moment;
    const cus = pus && firstRule(uptrendRules, moment, pus);
    const cds = pds && firstRule(downtrendRules, moment, pds);
    let pdsOnC = false;
    if (cus !== undefined) {
      statements.confirm("uptrend_start", pus!.index, cus);
      pdsOnC = candidates.afterUptrend(pus!, cus, moment);
    }
    if (cds !== undefined) {
      statements.confirm("downtrend_start", pds!.index, cds);
      candidates.afterDowntrend(pds!);
    }
    return {cus: cus !== undefined, cds: cds !== undefined, pdsOnC};
  }

  function nextAfter(p: Bar, c: Bar): readonly TrendStartEvent[] {
    const index = history.length - 1;
    candidates.age(index);
    const {pus, pds} = candidates;
    containment = nextContainment(containment, c, index, {pus, pds});
    const moment = {index, c, p, pus, pds};
    const isStale = containment !== undefined && index - containment.start > PATIENCE_BARS;
    const confirmed = isStale ? {cus: false, cds: false, pdsOnC: false} : confirm(moment);
    if (!containment || containment.start === index) candidates.seek(moment, confirmed);
    const oldestCandidate = Math.min(candidates.pus?.index ?? index, candidates.pds?.index ?? index);
    history.forget(Math.min(index, oldestCandidate, statements.oldest) - 1);
    return statements.take();
  }

  return {
    get pending() {
      const {pus, pds} = candidates;
      const starts: PendingStart[] = [];
      if (pus) starts.push({type: "uptrend_start", time: pus.bar.time, price: pus.bar.low});
      if (pds) starts.push({type: "downtrend_start", time: pds.bar.time, price: pds.bar.high});
      return starts;
    },
    next(bar) {
      assertOrder(bar);
      history.add(bar);
      return history.length > 1 ? nextAfter(history.at(history.length - 2), bar) : [];
    }
  };
}
