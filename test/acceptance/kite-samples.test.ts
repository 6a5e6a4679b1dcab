import {once} from "node:events";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {demoCalendars} from "../../services/demo/calendars.js";
import {type Kite, startKite} from "../../services/demo/kite/kite.js";
import {createTape} from "../../services/demo/tape/tape.js";
import {exchangeSession} from "../../services/sources/kite/login.js";
import {hasShared, readShared} from "../shared-data.js";

const isThere = hasShared("zerodha/rest/quote.json");
const keys = {apiKey: "k", apiSecret: "s", requestToken: "r", accessToken: "a"};
const now = Date.UTC(2026, 10, 18, 9, 30);
const tape = createTape({seed: 1, calendars: demoCalendars()});
let kite: Kite;

// one for each test: a quote a second is all that Kite gives
beforeEach(async () => {
  kite = await startKite({tape, keys, now: () => now});
});
afterEach(() => kite.close());

async function ask(path: string): Promise<unknown> {
  const headers = {authorization: `token ${keys.apiKey}:${keys.accessToken}`, "x-kite-version": "3"};
  const reply = (await (await fetch(kite.url + path, {headers})).json()) as {data: unknown};
  return reply.data;
}

const sample = (name: string) => (JSON.parse(readShared(`zerodha/rest/${name}`)) as {data: unknown}).data;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Every field of every row, as `last_price: number`, lists by what they hold; names of instruments aside. */
function shapeOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => shapeOf(each, `${path}[]`));
  if (!isRecord(value)) return value === null ? [] : [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, each]) =>
    shapeOf(each, `${path}.${/^[A-Z]+:|^\d+$/.test(key) ? "*" : key}`)
  );
}

/** What Kite has and we do not serve; what only some of its rows have is not asked for. */
function missing(theirs: unknown, ours: unknown, optional: RegExp): string[] {
  const served = new Set(shapeOf(ours));
  return [...new Set(shapeOf(theirs))].filter((field) => !served.has(field) && !optional.test(field));
}

describe.skipIf(!isThere)("Kite's own samples of replies", () => {
  const i = "i=NSE:INFY";
  it.each([
    ["ltp.json", `/quote/ltp?${i}`, /^$/],
    ["ohlc.json", `/quote/ohlc?${i}`, /^$/],
    ["quote.json", `/quote?${i}`, /^$/],
    ["historical_minute.json", "/instruments/historical/408065/minute?from=2026-11-17&to=2026-11-18", /^$/],
    ["holdings.json", "/portfolio/holdings", /mtf|authorisation|auction|\bisin\b/],
    ["positions.json", "/portfolio/positions", /^$/],
    ["trades.json", "/trades", /^$/],
    ["orders.json", "/orders", /meta|iceberg|auction|modified|guid|tags?\b|status_message|account_id|terminal_id/],
    ["margins.json", "/user/margins", /^$/],
    ["profile.json", "/user/profile", /avatar|meta|demat/]
  ])("%s: every field is served by the simulated one, of the same type", async (name, path, optional) => {
    expect(missing(sample(name), await ask(path), optional)).toEqual([]);
  });

  it("generate_session.json: its access token is what a login gives", async () => {
    const text = readShared("zerodha/rest/generate_session.json");
    const server = createServer((_, response) =>
      response.writeHead(200, {"content-type": "application/json"}).end(text)
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await exchangeSession({url, apiKey: "k", apiSecret: "s", requestToken: "r"})).toBe(
      (JSON.parse(text) as {data: {access_token: string}}).data.access_token
    );
    server.close();
  });
});
