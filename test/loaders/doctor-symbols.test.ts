import {expect, it} from "vitest";
import {checkSymbols} from "../../loaders/shared/doctor/check-symbols.js";
import type {StatedSymbol} from "../../services/sources/symbol-source.js";
import {gold, settingsFor} from "./job-settings.js";

const check = (stated: StatedSymbol) =>
  checkSymbols(
    {symbol: async (symbol) => (symbol === "EURUSD" ? stated : undefined)},
    "venue",
    settingsFor({more: gold}),
    new AbortController().signal
  );

it("settings that agree with the source, or of which it states nothing, are well", async () => {
  expect(await check({tickSize: 0.00001, contractSize: 1, currency: "USD"})).toEqual([]);
  expect(await check({tickSize: 0.1 * 0.0001})).toEqual([]); // to the last bits of a double
  expect(await check({})).toEqual([]);
});

it("settings that say of a symbol what its source does not are told, with what it says", async () => {
  const findings = await check({tickSize: 0.0001, contractSize: 100_000, currency: "JPY"});
  expect(findings.map(({severity, what}) => [severity, what])).toEqual([
    [
      "warning",
      "venue: EURUSD has tickSize 0.0001 at the source, 0.00001 in settings: prices are rounded and shown by it"
    ],
    [
      "warning",
      "venue: EURUSD has contractSize 100000 at the source, 1 in settings: exposure and risk are worked out with it"
    ],
    ["warning", "venue: EURUSD has currency JPY at the source, USD in settings: exposure and results are stated in it"]
  ]);
  expect(findings[1]!.remedy).toBe("set contractSize of MT5:EURUSD to 100000 in settings, if the source is right");
});
