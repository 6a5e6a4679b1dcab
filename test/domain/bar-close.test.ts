import {describe, expect, it} from "vitest";
import {barClose} from "../../services/domain/bar-close.js";
import {formatIso, parseIso} from "../../services/domain/time.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import {calendars} from "../snapshots/calendars.js";

const {fx, nse, crypto} = calendars;

describe("barClose", () => {
  it.each([
    ["a minute after a minute", "1m", fx, "2024-01-03T10:00Z", "2024-01-03T10:01:00.000Z"],
    ["an NSE hour cut short by the bell", "1h", nse, "2024-01-03T09:45Z", "2024-01-03T10:00:00.000Z"],
    ["an NSE day at 15:30, though it is stamped midnight", "1d", nse, "2024-01-02T18:30Z", "2024-01-03T10:00:00.000Z"],
    ["an FX day when the next begins", "1d", fx, "2024-01-02T22:00Z", "2024-01-03T22:00:00.000Z"],
    ["an FX Friday at 17:00 in New York", "1d", fx, "2024-01-04T22:00Z", "2024-01-05T22:00:00.000Z"],
    [
      "a day of a broker on EET while Europe differs, when that day ends",
      "1d",
      fx,
      "2024-03-12T22:00Z",
      "2024-03-13T22:00:00.000Z"
    ],
    [
      "that broker's four hours across 17:00 in New York, in full",
      "4h",
      fx,
      "2024-03-13T18:00Z",
      "2024-03-13T22:00:00.000Z"
    ],
    ["an FX week on Friday evening", "1w", fx, "2023-12-31T22:00Z", "2024-01-05T22:00:00.000Z"],
    ["an NSE month at its last bell", "1mo", nse, "2023-12-31T18:30Z", "2024-01-31T10:00:00.000Z"],
    ["a crypto day after a day", "1d", crypto, "2024-01-05T00:00Z", "2024-01-06T00:00:00.000Z"],
    ["a bar before the session, when its length has passed", "5m", nse, "2024-01-03T03:30Z", "2024-01-03T03:35:00.000Z"]
  ] as const)("%s", (_, timeframe: Timeframe, calendar, time, close) => {
    expect(formatIso(barClose(parseIso(time), timeframe, calendar))).toBe(close);
  });
});
