import {describe, expect, it} from "vitest";
import type {SiteSettings} from "../../services/domain/settings.js";
import {findPages} from "../../services/site/site-pages.js";
import {isShownTo, narrowSite} from "../../services/sources/settings/audience.js";
import {parseSettings} from "../../services/sources/settings/load-settings.js";

describe("an audience in settings", () => {
  it.each([
    ["/markets/*", ["/markets/", "/markets/EURUSD"], ["/markets/a/b", "/risk/alpha", "/xmarkets/a"]],
    ["/risk/**", ["/risk/alpha", "/risk/a/b"], ["/risk", "/"]],
    ["**", ["/", "/live", "/index"], []],
    ["/", ["/", "/index"], ["/live"]],
    ["/a.b", ["/a.b"], ["/axb"]]
  ])("sees by %s what it names and nothing else", (pattern, shown, hidden) => {
    const audience = {pages: [pattern]};
    expect(shown.filter((path) => !isShownTo(audience, path))).toEqual([]);
    expect(hidden.filter((path) => isShownTo(audience, path))).toEqual([]);
  });

  it.each([
    ["{pages: []}", "audiences.press.pages"],
    ["{pages: [markets]}", "audiences.press.pages[0]"],
    ["{pages: [/], leaveOut: [deals.profitMinor]}", "audiences.press.leaveOut[0]"],
    ["{pages: [/], colums: [deals.ticket]}", "audiences.press.colums"]
  ])("is refused where it is %s, by its key", (text, key) => {
    const settings = `title: T\nsources: {}\ninstruments: []\naudiences: {press: ${text}}\n`;
    expect(() => parseSettings(settings, "settings.yaml", {})).toThrow(
      expect.objectContaining({problems: [expect.objectContaining({key})]})
    );
  });

  it("is refused by name where settings state none of it", () => {
    const settings = "title: T\nsources: {}\ninstruments: []\naudiences: {public: {pages: [/]}}\n";
    expect(() => parseSettings(settings, "settings.yaml", {}, "press")).toThrow(
      "audiences.press: found nothing; must be one of: public"
    );
    expect(parseSettings(settings, "settings.yaml", {}, "public").audience).toEqual({
      name: "public",
      pages: ["/"],
      leaveOut: [],
      instruments: []
    });
  });

  it.each(findPages("src").filter(({path}) => path.endsWith("[instrument]")))(
    "that sees an instrument on $path alone has its data, and no other's",
    ({path}) => {
      const site = {
        instruments: [
          {id: "X:AAA", slug: "AAA"},
          {id: "X:BBB", slug: "BBB"}
        ],
        accounts: []
      };
      const pages = [path.replace("[instrument]", "AAA")];
      const narrowed = narrowSite(site as unknown as SiteSettings, {
        name: "press",
        pages,
        leaveOut: [],
        instruments: []
      });
      expect(narrowed.instruments.map(({slug}) => slug)).toEqual(["AAA"]);
    }
  );
});
