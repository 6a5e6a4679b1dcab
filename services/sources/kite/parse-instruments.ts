import {SourceError} from "../../domain/source-error.js";
import {parseDecimal} from "../decimal.js";
import {parseRows, type TableRow} from "../files/table.js";

/** A row of Kite's list of instruments. */
export interface KiteInstrument {
  readonly token: number;
  /** `EXCHANGE:SYMBOL`, as `NSE:INFY`. */
  readonly symbol: string;
  readonly name: string;
  readonly tickSize: number;
  readonly lotSize: number;
  /** EQ, FUT, CE or PE. */
  readonly type: string;
  readonly segment: string;
  /** `YYYY-MM-DD`, empty where it does not expire. */
  readonly expiry: string;
  readonly strike: number;
}

const needed = [
  "instrument_token",
  "tradingsymbol",
  "name",
  "expiry",
  "strike",
  "tick_size",
  "lot_size",
  "instrument_type",
  "segment",
  "exchange"
] as const;
type Column = (typeof needed)[number];

/**
 * Kite's `/instruments`: a CSV of some 100,000 rows.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming line and field
 */
export function parseInstruments(text: string, where: string): KiteInstrument[] {
  const [header, ...rows] = parseRows(text, ",");
  const positions = new Map(header?.fields.map((name, i) => [name, i]));
  const missing = needed.find((name) => !positions.has(name));
  if (missing !== undefined) throw new SourceError("SOURCE_BAD_DATA", `${where}:1: no column ${missing}`);
  const width = header!.fields.length;
  return rows.map((row) => {
    const fail = (name: Column, found: string) =>
      new SourceError(
        "SOURCE_BAD_DATA",
        `${where}:${row.line}: invalid ${name}: ${JSON.stringify(found.slice(0, 40))}`
      );
    const field = (name: Column) => fieldOf(row, name, positions.get(name)!, width, where);
    const number = (name: Column) => {
      const value = field(name) === "" ? 0 : parseDecimal(field(name));
      if (!(value >= 0)) throw fail(name, field(name));
      return value;
    };
    const token = number("instrument_token");
    if (!(Number.isInteger(token) && token > 0 && token <= 0xffffffff))
      throw fail("instrument_token", field("instrument_token"));
    if (field("tradingsymbol") === "" || field("exchange") === "") throw fail("tradingsymbol", field("tradingsymbol"));
    return {
      token,
      symbol: `${field("exchange")}:${field("tradingsymbol")}`,
      name: field("name"),
      tickSize: number("tick_size"),
      lotSize: number("lot_size"),
      type: field("instrument_type"),
      segment: field("segment"),
      expiry: field("expiry"),
      strike: number("strike")
    };
  });
}

function fieldOf(row: TableRow, name: Column, position: number, width: number, where: string): string {
  const found = row.fields.length === width ? row.fields[position] : undefined;
  if (found !== undefined) return found;
  throw new SourceError(
    "SOURCE_BAD_DATA",
    `${where}:${row.line}: ${width} fields expected, ${row.fields.length} found, for ${name}`
  );
}
