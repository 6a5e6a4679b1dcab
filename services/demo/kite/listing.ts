import type {InstrumentId} from "../../domain/instrument.js";
import type {InstrumentTape} from "../tape/instrument-tape.js";
import type {Tape} from "../tape/tape.js";

/** An instrument as Kite lists it. The low byte of the token is the segment: 1 the exchange's shares, 9 indices. */
export interface Listing {
  readonly token: number;
  readonly exchange: string;
  readonly symbol: string;
  readonly segment: string;
  readonly isIndex: boolean;
  readonly tape: InstrumentTape;
}

const tokens: Readonly<Record<InstrumentId, number>> = {
  "NSE:INFY": 408_065,
  "NSE:RELIANCE": 738_561,
  "NSE:HDFCBANK": 341_249,
  "NSE:NIFTY 50": 256_265
};

/** What the simulated Kite trades: the tape's `NSE` instruments. */
export function listingsOf(tape: Tape): Listing[] {
  return tape.instruments.flatMap(({id, assetClass}) => {
    const token = tokens[id];
    if (token === undefined) return [];
    const isIndex = assetClass === "index";
    const symbol = id.slice("NSE:".length);
    return [{token, exchange: "NSE", symbol, segment: isIndex ? "INDICES" : "NSE", isIndex, tape: tape.of(id)}];
  });
}

const header =
  "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange";
const optionSteps = 40;

/** `/instruments` as CSV: what is traded, and a long tail of options on it that nobody asked for. */
export function instrumentsCsv(listings: readonly Listing[], exchange: string | undefined): string {
  const rows = listings.map(({token, symbol, segment, tape}) => {
    const {name, tickSize} = tape.spec;
    return [token, token >> 8, symbol, quoted(name.toUpperCase()), 0, "", 0, tickSize, 1, "EQ", segment, "NSE"];
  });
  const options = listings.flatMap((listing, i) => (listing.isIndex ? [] : optionRows(listing, i)));
  const wanted = [...rows, ...options].filter((row) => exchange === undefined || row.at(-1) === exchange);
  return [header, ...wanted.map((row) => row.join(","))].map((line) => `${line}\r\n`).join("");
}

function optionRows({symbol, tape}: Listing, i: number): (string | number)[][] {
  const middle = Math.round(tape.spec.startPrice / 10) * 10;
  return Array.from({length: 2 * optionSteps}, (_, j) => {
    const type = j % 2 === 0 ? "CE" : "PE";
    const strike = middle + (Math.floor(j / 2) - optionSteps / 2) * 10;
    const exchangeToken = 60_000 + i * 1_000 + j;
    const name = `${symbol}26DEC${strike}${type}`;
    return [
      exchangeToken * 256 + 2,
      exchangeToken,
      name,
      symbol,
      0,
      "2026-12-29",
      strike,
      0.05,
      400,
      type,
      "NFO-OPT",
      "NFO"
    ];
  });
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
