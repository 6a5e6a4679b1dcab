import {expect, it} from "vitest";
import {parseSettings} from "../../../services/sources/settings/load-settings.js";
import {SettingsError, type SettingsProblem} from "../../../services/sources/settings/settings-error.js";
import {calendars} from "../../snapshots/calendars.js";

const valid = `
sources:
  bridge: {kind: mt5-bridge, url: "http://localhost:5001", clock: {zone: America/New_York, offsetHours: 7}}
  exports: {kind: mt5-files, folder: ./exports, clock: {zone: UTC, offsetHours: 0}}
  db: {kind: postgres, url: {env: DATABASE_URL}}
instruments:
  - {id: MT5:EURUSD, name: Euro, source: bridge, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: fx, live: true, timeframes: {1m: 60}}
  - {id: MT5:BTCUSD, name: Bitcoin, source: exports, assetClass: crypto, currency: USD, tickSize: 1, calendar: crypto, timeframes: {1m: all}}
accounts:
  - {id: alpha, name: Alpha, source: exports, currency: USD}
`;

function problems(text: string): readonly SettingsProblem[] {
  try {
    parseSettings(text, "/project/data/settings.yaml", calendars);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

const keysOf = (text: string) => problems(text).map(({key}) => key);

it("values that are wrong are told with what is wrong between the values that are right", () => {
  const mixed = valid
    .replace("source: bridge, assetClass: fx", "source: brigde, assetClass: forex")
    .replace("calendar: crypto", "calendar: crypt")
    .replace("name: Alpha, source: exports, currency: USD", "name: Alpha, source: exprots, currency: dollars")
    .replace("kind: postgres, url: {env: DATABASE_URL}", "kind: postgres");
  expect(problems(mixed).map(({key, remedy}) => [key, remedy])).toEqual([
    ["sources.db.url", expect.any(String)],
    ["instruments[0].assetClass", "must be fx, metal, index, equity, crypto or future"],
    ["accounts[0].currency", expect.any(String)],
    ["instruments[0].source", "did you mean bridge?"],
    ["instruments[1].calendar", "did you mean crypto?"],
    ["accounts[0].source", "did you mean exports?"]
  ]);
});

it("problems are not told twice, nor where only what cannot be read is missing", () => {
  expect(keysOf(valid.replace("kind: mt5-bridge", "kind: mt5-brigde"))).toEqual(["sources.bridge.kind"]);
  expect(keysOf(valid.replace("source: bridge, ", ""))).toEqual(["instruments[0].source"]);
  const analyzed = `${valid}analyzer: {targets: [{instruments: [MT5:EURUSD], timeframes: [5m]}]}\n`;
  expect(keysOf(analyzed)).toEqual([]);
  expect(keysOf(analyzed.replace("id: MT5:EURUSD", "id: EURUSD"))).toEqual(["instruments[0].id"]);
  expect(keysOf(valid.replace(/sources:.*instruments:/s, "sources: none\ninstruments:"))).toEqual(["sources"]);
});
