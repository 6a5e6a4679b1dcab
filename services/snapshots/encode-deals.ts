import type {Deal} from "../domain/deal.js";
import {dealColumns} from "./deal-columns.js";
import {type EncodeOptions, encodeParquet} from "./encode-parquet.js";
import {dealsSchema} from "./schema.js";

/**
 * An account's deals as a Parquet file. No login, server or comment is among the columns.
 *
 * @throws {RangeError} if a time or an amount is not a whole number
 */
export function encodeDeals(deals: readonly Deal[], options: EncodeOptions): ArrayBuffer {
  return encodeParquet(dealsSchema, dealColumns(deals), options);
}
