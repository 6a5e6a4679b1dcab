import type {InstrumentId} from "../../domain/instrument.js";
import type {TradeTick} from "../../domain/tick.js";
import type {EpochMs} from "../../domain/time.js";
import type {KitePacket} from "./packets.js";

/** Turns the packets of one connection into ticks. */
export interface PacketTicks {
  /** `undefined` where nothing was dealt: the book alone moved, or the packet repeats or precedes the one before. */
  next(packet: KitePacket, receivedTime: EpochMs): TradeTick | undefined;
}

interface Last {
  readonly eventTime: EpochMs;
  readonly price: number;
  readonly dayVolume: number | undefined;
}

/**
 * Ticks from packets: a packet is a tick where its price, its day's volume or its last trade is new. The event time is
 * that of the last trade, to the second as the venue gives it; an index, which has none, bears the exchange's.
 *
 * @param instruments by token; packets of others are passed over
 */
export function createPacketTicks(instruments: ReadonlyMap<number, InstrumentId>): PacketTicks {
  const lasts = new Map<number, Last>();
  return {
    next(packet, receivedTime) {
      const instrument = instruments.get(packet.token);
      if (instrument === undefined || !(packet.lastPrice > 0)) return undefined;
      // A packet of quote mode, which comes before full mode is on, tells no time; one of 0 was not dealt in today.
      const eventTime = packet.lastTradeTime ?? packet.exchangeTime;
      if (!eventTime) return undefined;
      const last = lasts.get(packet.token);
      const isNew =
        last === undefined ||
        (eventTime >= last.eventTime &&
          (packet.lastPrice !== last.price ||
            packet.volume !== last.dayVolume ||
            (packet.lastTradeTime !== undefined && eventTime > last.eventTime)));
      if (!isNew) return undefined;
      lasts.set(packet.token, {eventTime, price: packet.lastPrice, dayVolume: packet.volume});
      return toTick(packet, instrument, eventTime, receivedTime, last);
    }
  };
}

function toTick(
  {lastPrice: price, volume: dayVolume}: KitePacket,
  instrument: InstrumentId,
  eventTime: EpochMs,
  receivedTime: EpochMs,
  last: Last | undefined
): TradeTick {
  const base = {type: "trade", instrument, eventTime, receivedTime, price} as const;
  if (dayVolume === undefined) return {...base, volume: 0};
  // The first count of a connection tells nothing of what was dealt since; a fall begins a new day.
  const dealt = last?.dayVolume === undefined ? 0 : dayVolume - last.dayVolume;
  return {...base, volume: dealt >= 0 ? dealt : dayVolume, dayVolume};
}
