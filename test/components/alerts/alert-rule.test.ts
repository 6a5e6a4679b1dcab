import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {type AlertRule, formatRule, parseRule} from "../../../components/alerts/alert-rule.js";
import {readSharedRules, shareLink} from "../../../components/alerts/shared-rules.js";

const instruments = ["NSE:INFY", "NSE:NIFTY 50", "NSE:NIFTY"] as const;
const rules: readonly [string, AlertRule][] = [
  ["price NSE:INFY above 1650.5", {kind: "price", instrument: "NSE:INFY", side: "above", level: 1_650.5}],
  ["price NSE:NIFTY 50 below 24000", {kind: "price", instrument: "NSE:NIFTY 50", side: "below", level: 24_000}],
  [
    "change NSE:INFY below 0.7% close",
    {kind: "change", instrument: "NSE:INFY", side: "below", fraction: 0.7 / 100, minutes: undefined}
  ],
  [
    "change NSE:NIFTY above 0.2% 15m",
    {kind: "change", instrument: "NSE:NIFTY", side: "above", fraction: 0.2 / 100, minutes: 15}
  ],
  ["signal NSE:INFY 5m any", {kind: "signal", instrument: "NSE:INFY", timeframe: "5m", direction: "any"}],
  ["stale NSE:INFY 60s", {kind: "stale", instrument: "NSE:INFY", afterMs: 60_000}]
];

describe("a rule's text", () => {
  it.each(rules)("%s is read as what it says, and written back", (text, rule) => {
    expect(parseRule(text, instruments)).toEqual({rule});
    expect(formatRule(rule)).toBe(text);
  });

  it.each([
    ["", "unknown kind of rule: ; there are price, change, signal, stale"],
    ["prize NSE:INFY above 1", "unknown kind of rule: prize; there are price, change, signal, stale"],
    ["price NSE:WIPRO above 1", "unknown instrument: NSE:WIPRO above 1; there are NSE:INFY, NSE:NIFTY 50, NSE:NIFTY"],
    ["price NSE:INFY over 1", "neither above nor below: over"],
    ["price NSE:INFY above -1", "invalid price: -1; a number above 0, as 1650.5"],
    ["price NSE:INFY above 1e9", "invalid price: 1e9; a number above 0, as 1650.5"],
    ["price NSE:INFY above 0", "invalid price: 0; a number above 0, as 1650.5"],
    ["price NSE:INFY above 1 2", "price takes 2 words after the instrument: above 1 2"],
    ["change NSE:INFY above 0.5 close", "invalid change: 0.5; above 0% and at most 100%, as 0.5%"],
    ["change NSE:INFY above 0.5% 5000m", "invalid window: 5000m; close, or 1m to 1440m"],
    ["signal NSE:INFY 7m up", "no signals of timeframe: 7m; there are 1m, 3m, 5m, 15m, 1h, 1d"],
    ["signal NSE:INFY 5m sideways", "neither up, down nor any: sideways"],
    ["stale NSE:INFY 1s", "invalid silence: 1s; 5s to 86400s"]
  ])("%s is refused, naming what was found and what would do", (text, fault) => {
    expect(parseRule(text, instruments)).toEqual({fault});
  });

  it("of anyone's making is a rule or a fault, and a rule is written back as one that is read as the same", () => {
    const word = fc.oneof(
      fc.constantFrom(
        "price",
        "change",
        "signal",
        "stale",
        "NSE:INFY",
        "NSE:NIFTY 50",
        "above",
        "below",
        "close",
        "5m",
        "up",
        "0.5%",
        "60s"
      ),
      fc.double().map(String),
      fc.string()
    );
    fc.assert(
      fc.property(fc.array(word, {maxLength: 6}), (words) => {
        const parsed = parseRule(words.join(" "), instruments);
        if ("fault" in parsed) expect(parsed.fault.length).toBeGreaterThan(5);
        else expect(parseRule(formatRule(parsed.rule), instruments)).toEqual(parsed);
      }),
      {seed: 17, numRuns: 2_000}
    );
  });
});

describe("a link with rules", () => {
  it("brings back the rules that it was made of, and nothing else of the address", () => {
    const all = rules.map(([, rule]) => rule);
    const link = shareLink(all, "https://desk.example/alerts?sidecar=ws://elsewhere/");
    expect(link).not.toContain("sidecar");
    expect(readSharedRules(new URL(link).searchParams, instruments)).toEqual({rules: all, faults: []});
  });

  it("says which of its rules make no sense, and takes no more than fifty", () => {
    const query = new URLSearchParams([
      ["rule", "stale NSE:INFY 60s"],
      ["rule", "<img src=x onerror=alert(1)>"]
    ]);
    expect(readSharedRules(query, instruments)).toMatchObject({
      rules: [{kind: "stale"}],
      faults: ["rule 2: unknown kind of rule: <img; there are price, change, signal, stale"]
    });
    const many = new URLSearchParams(Array.from({length: 60}, () => ["rule", "stale NSE:INFY 60s"]));
    expect(readSharedRules(many, instruments).faults).toEqual(["too many rules: 60; the first 50 are looked at"]);
  });
});
