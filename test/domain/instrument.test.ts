import {describe, expect, it} from "vitest";
import {instrumentSlug, parseInstrumentId, priceDecimals} from "../../services/domain/instrument.js";

describe("parseInstrumentId", () => {
  it("parts venue and symbol", () => {
    expect(parseInstrumentId("NSE:INFY")).toEqual({venue: "NSE", symbol: "INFY"});
    expect(parseInstrumentId("NSE:NIFTY 50")).toEqual({venue: "NSE", symbol: "NIFTY 50"});
    expect(parseInstrumentId("MT5:XAU:USD")).toEqual({venue: "MT5", symbol: "XAU:USD"});
  });

  it("refuses other text", () => {
    for (const text of ["", "INFY", ":INFY", "NSE:", "nse:INFY", "NSE: INFY", "NSE:INFY ", "5NSE:INFY", "NSE:A\nB"])
      expect(() => parseInstrumentId(text)).toThrow(new RangeError(`invalid instrument: ${text}`));
  });
});

describe("instrumentSlug", () => {
  it("is safe in a file name and a URL", () => {
    expect(instrumentSlug("NSE:M&M")).toBe("M-M");
    expect(instrumentSlug("NSE:NIFTY 50")).toBe("NIFTY-50");
    expect(instrumentSlug("MT5:../../etc")).toBe("-etc");
  });
});

describe("priceDecimals", () => {
  it("counts the decimals a tick size needs", () => {
    expect([0.00001, 0.001, 0.05, 0.25, 1, 5, 1e-8].map(priceDecimals)).toEqual([5, 3, 2, 2, 0, 0, 8]);
  });

  it("refuses a tick size that is no size", () => {
    for (const size of [0, -1, NaN, Infinity]) expect(() => priceDecimals(size)).toThrow(`invalid tick size: ${size}`);
  });
});
