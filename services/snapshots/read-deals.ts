import type {Deal, DealEntry, TradeDeal} from "../domain/deal.js";
import {type InstrumentId, parseInstrumentId} from "../domain/instrument.js";
import {attempt} from "./read-metadata.js";
import {readNotes, readSnapshot} from "./read-snapshot.js";
import {createRows, type Rows} from "./rows.js";
import {dealsSchema, metadataKeys} from "./schema.js";

const types: readonly string[] = ["buy", "sell", "balance"] satisfies Deal["type"][];
const entries: readonly string[] = ["in", "out", "inout", "out-by"] satisfies DealEntry[];

/**
 * An account's deals, oldest first, ties by ticket. `price` is NaN throughout where the file says that it was left out.
 *
 * @throws {SnapshotError} SNAPSHOT_DAMAGED if the bytes are not whole or a row makes no sense (the message names row and
 * column); SNAPSHOT_SCHEMA if the file holds something else
 */
export async function readDeals(buffer: ArrayBuffer): Promise<Deal[]> {
  const rows = createRows(await readSnapshot(buffer, dealsSchema));
  const leftOut = readNotes(buffer, dealsSchema).get(metadataKeys.leftOut)?.split(",") ?? [];
  const instrumentOf = createInstruments();
  const hasPrice = !leftOut.includes("price");
  return attempt(() => Array.from({length: rows.length}, (_, i) => dealAt(rows, i, {hasPrice, instrumentOf})));
}

interface DealReading {
  readonly hasPrice: boolean;
  readonly instrumentOf: (text: string) => InstrumentId;
}

function dealAt(rows: Rows, i: number, {hasPrice, instrumentOf}: DealReading): Deal {
  const currency = rows.text("currency", i);
  const money = (name: string) => ({minor: rows.count(name, i), currency});
  const type = rows.oneOf("type", i, types) as Deal["type"];
  const ticket = rows.text("ticket", i);
  const time = rows.number("time", i);
  const profit = money("profitMinor");
  const commission = money("commissionMinor");
  const swap = money("swapMinor");
  const fee = money("feeMinor");
  if (type === "balance") return {ticket, time, profit, commission, swap, fee, type};
  const deal: TradeDeal = {
    ...{ticket, time, profit, commission, swap, fee, type},
    instrument: instrumentOf(rows.text("instrument", i)),
    entry: rows.oneOf("entry", i, entries) as DealEntry,
    position: rows.label("position", i),
    volumeLots: rows.number("volumeLots", i),
    price: hasPrice ? rows.number("price", i) : NaN
  };
  const stopPrice = rows.optionalNumber("stopPrice", i);
  return stopPrice === undefined ? deal : {...deal, stopPrice};
}

/** Parses each name once: a history has few instruments and many deals. */
function createInstruments(): (text: string) => InstrumentId {
  const parsed = new Map<string, InstrumentId>();
  return (text) => {
    const known = parsed.get(text);
    if (known !== undefined) return known;
    const {venue, symbol} = parseInstrumentId(text);
    parsed.set(text, `${venue}:${symbol}`);
    return `${venue}:${symbol}`;
  };
}
