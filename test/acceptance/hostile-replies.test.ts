import {readFileSync} from "node:fs";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {parseJson} from "../../services/sources/json-reader.js";
import {parseData} from "../../services/sources/kite/client.js";
import {parseSession} from "../../services/sources/kite/login.js";
import {parseCandles} from "../../services/sources/kite/parse-candles.js";
import {
  parseHoldings,
  parsePositions as parseKitePositions,
  parseMargins,
  parseOrders,
  parseProfile,
  parseTrades
} from "../../services/sources/kite/parse-portfolio.js";
import {createClock} from "../../services/sources/mt5/clock.js";
import {parseAccount, parseDeals, parseOrderStop, parsePositions} from "../../services/sources/mt5/parse-account.js";
import {parseBars, parseTicks} from "../../services/sources/mt5/parse-rows.js";
import {parseSymbol} from "../../services/sources/mt5/parse-symbol.js";
import {attempt, oddNumbers} from "../sources/refusal.js";
import {fuzz, fuzzMs} from "../sources/runs.js";
import {hostileText} from "./hostile-text.js";

const clock = createClock({zone: "America/New_York", offsetHours: 7});
const now = Date.UTC(2024, 0, 2, 10);
const context = {clock, currency: "USD", toInstrument: (symbol: string) => `MT5:${symbol}` as const};
const bridge = {
  bars: (body: unknown) => parseBars(body, "w"),
  ticks: (body: unknown) => parseTicks(body, "w", clock, now),
  deals: (body: unknown) => parseDeals(body, "w", context),
  positions: (body: unknown) => parsePositions(body, "w", context),
  account: (body: unknown) => parseAccount(body, "w", "USD", 0),
  orders: (body: unknown) => parseOrderStop(body, "w", "601"),
  symbol: (body: unknown) => parseSymbol(body, "w")
} as const;
const kite = {
  candles: parseCandles,
  trades: parseTrades,
  orders: parseOrders,
  positions: parseKitePositions,
  holdings: parseHoldings,
  margins: parseMargins,
  profile: parseProfile,
  session: parseSession
} as const;
const fixture = (path: string) => readFileSync(`test/fixtures/${path}`, "utf8");

/** Prices a tick does not state are NaN by contract; nothing else may be. */
const unstated = new Set(["bid", "ask", "last"]);
const oddParts = (value: unknown): number[] =>
  Array.isArray(value) ? value.flatMap((row) => oddNumbers(withoutUnstated(row))) : oddNumbers(value);
const withoutUnstated = (row: unknown) =>
  row !== null && typeof row === "object"
    ? Object.fromEntries(Object.entries(row).filter(([key, part]) => !(unstated.has(key) && Number.isNaN(part))))
    : row;

describe("a reply garbled on its way", () => {
  it.each([
    ...Object.entries(bridge).map(
      ([name, parse]) =>
        [`mt5 ${name}`, fixture(`mt5/http-get-${name}.json`), (text: string) => parse(parseJson(text, "w"))] as const
    ),
    ...Object.entries(kite).map(
      ([name, parse]) =>
        [
          `kite ${name}`,
          fixture(`kite/http-get-${name}.json`),
          (text: string) => parse(parseData({status: 200, text, receivedTime: 0}, "w"), "w")
        ] as const
    )
  ])(
    "%s: is refused with its place, or read without an odd number",
    (_, text, parse) => {
      let [refused, read] = [0, 0];
      fc.assert(
        fc.property(hostileText(text, ['"time":', "1704189600", '"2024-13-45 99:99:99"']), (garbled) => {
          const outcome = attempt(() => parse(garbled) as unknown);
          if ("error" in outcome) {
            ++refused;
            expect(outcome.error.message).toMatch(/^w/);
            expect(outcome.error.message.length).toBeLessThan(1_000);
          } else {
            ++read;
            expect(oddParts(outcome.value)).toEqual([]);
          }
        }),
        fuzz(81)
      );
      // a run that only ever sees one of the two proves little
      expect(Math.min(refused, read)).toBeGreaterThan(0);
    },
    fuzzMs
  );
});
