import fc from "fast-check";
import {describe, expect, it} from "vitest";
import type {Deal} from "../../../services/domain/deal.js";
import {decodeText} from "../../../services/sources/files/decode-text.js";
import {attempt} from "../refusal.js";
import {fuzz, fuzzMs} from "../runs.js";
import {history, netting, parse, statement, tester} from "./report-samples.js";

describe("encodings", () => {
  const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
  const latin = (text: string) => Buffer.from(text, "latin1");
  it("of every terminal give the same deals", () => {
    const plain = parse(statement).deals;
    for (const bytes of [
      Buffer.from(statement),
      Buffer.from(`\uFEFF${statement}`),
      utf16(statement),
      utf16(statement).subarray(0).swap16(),
      latin(statement)
    ])
      expect(parse(decodeText(bytes, "r.html")).deals).toEqual(plain);
    expect(decodeText(latin(statement), "r.html")).toContain("José Pérez");
    const cyrillic = Buffer.concat([Buffer.from('<meta charset="windows-1251">'), Buffer.from([0xcf, 0xf0])]);
    expect(decodeText(cyrillic, "r")).toContain("Пр");
  });

  it("refuse bytes that are no text", () => {
    expect(() => decodeText(Uint8Array.of(0x50, 0x4b, 0, 0, 3), "x.zip")).toThrow(
      "x.zip: not a text: NUL at character 2"
    );
    expect(() => decodeText(utf16(history).subarray(0, 101), "r.html")).toThrow(
      "r.html: not utf-16le text, or cut short"
    );
  });
});

describe("hostile HTML", () => {
  it.each([
    ["a tower of tags", `<html>${"<div>".repeat(200_000)}</html>`],
    ["a tower of tables", `<html>${"<table><tr><td>".repeat(100_000)}</html>`],
    ["stray closing tags", `<html>${"<b>".repeat(90)}${"</i>".repeat(500_000)}</html>`],
    ["attributes without end", `<html><td ${"a=1 ".repeat(300_000)}></td></html>`],
    ["entities", `<html><table><tr><td>${"&amp;&#x41;&nosuch;".repeat(50_000)}</td></tr></table></html>`],
    ["comments without end", `<html><!-- ${"--".repeat(300_000)}</html>`],
    ["a script", '<html><script>throw 1</script><table><tr><td onclick="x">Deals</td></tr></table></html>']
  ])("%s is refused, and not for ever looked at", (_, text) => {
    expect("error" in attempt(() => parse(text))).toBe(true);
  });

  const balanced = (deals: readonly Deal[]) =>
    deals.every(
      ({time, profit, commission, swap, fee}) =>
        Number.isFinite(time) && [profit, commission, swap, fee].every(({minor}) => Number.isSafeInteger(minor))
    );

  it.each([
    ["mt5 history", history, "EUR"],
    ["mt5 netting", netting, "USD"],
    ["mt4 statement", statement, "USD"],
    ["mt4 tester", tester, "USD"]
  ])(
    "%s: any edit is refused with file and line, or gives deals that add up",
    (_, text, currency) => {
      const piece = fc.oneof(
        fc.string({maxLength: 20}),
        fc.constantFrom(
          "<tr>",
          "</td>",
          "<td>1",
          "</table>",
          "NaN",
          "1e999",
          "-",
          "9".repeat(40),
          "<html>",
          "&nbsp;",
          "\u202e",
          "--close"
        )
      );
      const edit = fc.tuple(fc.nat(text.length), fc.oneof(fc.nat(30), fc.nat(text.length)), piece);
      fc.assert(
        fc.property(fc.array(edit, {minLength: 1, maxLength: 3}), (edits) => {
          const garbled = edits.reduce(
            (all, [at, length, insert]) => all.slice(0, at) + insert + all.slice(at + length),
            text
          );
          const outcome = attempt(() => parse(garbled, currency));
          if ("error" in outcome) expect(outcome.error.message).toMatch(/^r\.html/);
          else expect(balanced(outcome.value.deals)).toBe(true);
        }),
        fuzz(31, 200)
      );
    },
    fuzzMs
  );
});
