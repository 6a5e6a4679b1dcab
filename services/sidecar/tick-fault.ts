import {type Tick, tickPrice} from "../domain/tick.js";
import {formatIso, MINUTE_MS} from "../domain/time.js";

/** A tick this far ahead of its receipt is a fault of a clock, and would close bars that are still forming. */
const MOST_AHEAD_MS = MINUTE_MS;

/** Why a tick cannot be used, or `undefined` where it can. */
export function tickFault(tick: Tick): string | undefined {
  const {eventTime, receivedTime} = tick;
  if (!Number.isFinite(eventTime)) return `without a time: ${eventTime}`;
  if (!(eventTime <= receivedTime + MOST_AHEAD_MS))
    return `from the future: ${formatIso(eventTime)}, received ${formatIso(receivedTime)}`;
  const price = tickPrice(tick);
  if (!(price > 0 && price < Infinity)) return `price not positive: ${price}`;
  if (tick.type === "quote") return tick.ask >= tick.bid ? undefined : `ask ${tick.ask} below bid ${tick.bid}`;
  const volume = tick.dayVolume ?? tick.volume;
  return volume >= 0 && volume < Infinity ? undefined : `volume negative or not a number: ${volume}`;
}
