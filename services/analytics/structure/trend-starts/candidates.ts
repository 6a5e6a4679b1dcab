import type {BarHistory} from "./bar-history.js";
import {type Candidate, createCandidate, extendCandidate} from "./candidate.js";
import {isOutside, type Moment} from "./rules.js";

/** The candidates of the next starts, at most one of each kind. */
export interface Candidates {
  readonly pus: Candidate | undefined;
  readonly pds: Candidate | undefined;
  /** Takes the previous bar into account; drops the PUS if a bar before that undercut it. */
  age(now: number): void;
  /** What follows a confirmed uptrend start; answers whether the PDS was put on C. */
  afterUptrend(confirmed: Candidate, rule: string, moment: Moment): boolean;
  /** What follows a confirmed downtrend start. */
  afterDowntrend(confirmed: Candidate): void;
  /** Looks for candidates on C and P, but for those of a kind that was just confirmed. */
  seek(moment: Moment, was: {readonly cus: boolean; readonly cds: boolean; readonly pdsOnC: boolean}): void;
}

/** No candidates yet, on the bars of a history. A candidate gives way only to a more extreme one. */
export function createCandidates(history: BarHistory): Candidates {
  let pus: Candidate | undefined;
  let pds: Candidate | undefined;

  /** Refused below the bar before it, or not above the standing candidate. */
  function tryPds(row: number, now: number): boolean {
    const {high} = history.at(row);
    if (row > 0 && high < history.at(row - 1).high) return false;
    if (pds && !(high > pds.bar.high)) return false;
    pds = createCandidate(history, row, now);
    return true;
  }

  function tryPus(row: number, now: number): void {
    if (!pus || history.at(row).low < pus.bar.low) pus = createCandidate(history, row, now);
  }

  return {
    get pus() {
      return pus;
    },
    get pds() {
      return pds;
    },
    age(now) {
      const previous = now - 1;
      if (pus && pus.lowestSince < pus.bar.low) pus = undefined;
      if (pus && pus.index < previous) pus = extendCandidate(pus, history.at(previous));
      if (pds && pds.index < previous) pds = extendCandidate(pds, history.at(previous));
    },
    afterUptrend(confirmed, rule, {index, c}) {
      pus = undefined;
      if (rule === "HigherHighLowerLowDownClose") return tryPds(index, index);
      if (rule !== "EngulfingUpPDSLowBreak" && c.high <= confirmed.bar.high) tryPds(confirmed.index, index);
      return false;
    },
    afterDowntrend(confirmed) {
      if (pus && pus.index < confirmed.index) pus = undefined;
      if (pds?.index === confirmed.index) pds = undefined;
    },
    seek({index, c, p}, was) {
      let isPdsOnC = false;
      if (!was.cds) {
        isPdsOnC = c.high > p.high && c.close < c.open && tryPds(index, index);
        if (!isPdsOnC && c.high <= p.high) tryPds(index - 1, index);
      }
      if (was.cus || was.pdsOnC || isPdsOnC) return;
      if (c.low >= p.low || (isOutside({c, p}) && c.close < c.open)) tryPus(index - 1, index);
    }
  };
}
