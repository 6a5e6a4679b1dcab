import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {type OpenedSite, openSite} from "../support/opened-site.js";
import {expectFitsPhone, phone} from "../support/phone-faults.js";
import {sharedWholeSite, wholeBase} from "../support/whole-site.js";

const paths = [
  "",
  "alerts",
  "markets/",
  "markets/EURUSD",
  "structure/EURUSD",
  "trends/EURUSD",
  "trades/alpha",
  "pulse/alpha",
  "risk/alpha",
  "studies/volatility/EURUSD",
  "studies/sessions/EURUSD",
  "data",
  "sql"
];

/** Every kind of page that needs no sidecar, published and opened on a phone. */
describe("a published page on a phone", () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite((await sharedWholeSite()).dist, {base: wholeBase});
  }, 300_000);
  afterAll(() => site?.close());

  it.each(paths)(
    "/%s is drawn without a fault, for eyes and ears, in both themes",
    async (path) => {
      const {page, close} = await site.open(path, phone);
      await expectFitsPhone(page);
      expect(await close()).toEqual([]);
    },
    60_000
  );
});
