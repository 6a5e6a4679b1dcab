import {z} from "zod";
import type {Bar} from "../../domain/bar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {type Tick, tickPrice} from "../../domain/tick.js";
import {type EpochMs, formatIso, parseIso} from "../../domain/time.js";
import {isTimeframe, type Timeframe} from "../../domain/timeframe.js";
import {timeframeKey, timeframeOf} from "./schema.js";

/** A tick as `tick_data_channel` tells it: one price, and what was dealt where that is known. */
export interface ToldTick {
  readonly contractId: string;
  readonly time: EpochMs;
  readonly price: number;
  readonly type: "quote" | "trade";
  readonly volume?: number;
}

/** A bar as `ohlc_update` tells it. */
export interface ToldBar {
  readonly contractId: string;
  readonly timeframe: Timeframe;
  readonly bar: Bar;
}

/** PostgreSQL refuses a longer payload. */
export const MOST_PAYLOAD_BYTES = 7_999;

/** The payload of `ohlc_update`, in the order of the contract's fields. */
export function barPayload({contractId, timeframe, bar}: ToldBar): string {
  const {unit, value} = timeframeKey(timeframe);
  const {time, open, high, low, close, volume} = bar;
  return JSON.stringify({
    ...{type: "ohlc", contract_id: contractId, timestamp: formatIso(time), open, high, low, close},
    ...{volume: Math.round(volume), timeframe_unit: unit, timeframe_value: value}
  });
}

/** The payload of `tick_data_channel`: a quote by its bid, a trade by its price and volume. */
export function tickPayload(contractId: string, tick: Tick): string {
  return JSON.stringify({
    ...{type: "tick", contract_id: contractId, timestamp: formatIso(tick.eventTime), price: tickPrice(tick)},
    ...(tick.type === "quote" ? {tick_type: "quote"} : {tick_type: "trade", volume: tick.volume})
  });
}

/** A told tick as a tick: a quote's one price stands for bid and ask; a trade that states no volume has none. */
export function toTick(
  {time: eventTime, price, type, volume = 0}: ToldTick,
  instrument: InstrumentId,
  receivedTime: EpochMs
): Tick {
  const base = {instrument, eventTime, receivedTime};
  return type === "quote" ? {...base, type, bid: price, ask: price} : {...base, type, price, volume};
}

const finite = z.number();
const contract = z.string().min(1).max(200);
const when = z.string().transform((text, context) => {
  try {
    return parseIso(text);
  } catch {
    context.addIssue({code: "custom", message: `not an ISO time: ${text.slice(0, 40)}`});
    return z.NEVER;
  }
});
const toldTick = z.object({
  ...{type: z.literal("tick"), contract_id: contract, timestamp: when, price: finite.positive()},
  ...{tick_type: z.enum(["quote", "trade"]).default("trade"), volume: z.number().nonnegative().nullish()}
});
const toldBar = z.object({
  ...{type: z.literal("ohlc"), contract_id: contract, timestamp: when, open: finite, high: finite, low: finite},
  ...{close: finite, volume: z.number().nullish(), timeframe_unit: z.int(), timeframe_value: z.int()}
});

/**
 * A tick from a payload of `tick_data_channel`.
 *
 * @throws {RangeError} naming the field that is not as the contract has it
 */
export function parseTickPayload(text: string): ToldTick {
  const {contract_id: contractId, timestamp: time, price, tick_type: type, volume} = parse(text, toldTick);
  return {contractId, time, price, type, ...(typeof volume === "number" ? {volume} : {})};
}

/**
 * A bar from a payload of `ohlc_update`; a volume it does not state is 0.
 *
 * @throws {RangeError} naming the field that is not as the contract has it
 */
export function parseBarPayload(text: string): ToldBar {
  const {contract_id: contractId, timestamp: time, open, high, low, close, ...rest} = parse(text, toldBar);
  const timeframe = timeframeOf(rest.timeframe_unit, rest.timeframe_value);
  if (timeframe === undefined || !isTimeframe(timeframe))
    throw new RangeError(`unknown timeframe: unit ${rest.timeframe_unit}, value ${rest.timeframe_value}`);
  return {contractId, timeframe, bar: {time, open, high, low, close, volume: rest.volume ?? 0}};
}

function parse<T>(text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RangeError(`payload is not JSON: ${text.slice(0, 60)}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RangeError(`payload: ${issue?.path.join(".") || "whole"}: ${issue?.message ?? "not understood"}`);
}
