import {createJoin, type JoinedSeries, type JoinOptions} from "../../../components/live/join-series.js";
import type {BarSeries} from "../../../services/domain/bar.js";
import type {TopicEvent} from "../../../services/domain/wire.js";

/** A snapshot joined with events at once. */
export function joinAll(snapshot: BarSeries, events: readonly TopicEvent[], options: JoinOptions): JoinedSeries {
  const join = createJoin(snapshot, options);
  join.apply(events);
  return join.series();
}
