import * as z from "zod";
import {barFault} from "../../domain/bar.js";
import {isTimeframe, type Timeframe} from "../../domain/timeframe.js";
import type {BarRow} from "../../sources/postgres/upsert-bars.js";

const number = z.number();
const row = z.object({
  contractId: z.string().min(1),
  timeframe: z.string().refine((text): text is Timeframe => isTimeframe(text)),
  bar: z
    .object({time: number, open: number, high: number, low: number, close: number, volume: number})
    .refine((bar) => barFault(bar) === undefined),
  isCorrection: z.boolean()
});

/** A bar from what the journal holds of it; `undefined` where it makes no sense. */
export function parseRow(value: unknown): BarRow | undefined {
  return row.safeParse(value).data;
}
