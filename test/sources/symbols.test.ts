import {afterAll, beforeAll, expect, it} from "vitest";
import {type OpenedSource, openSource} from "../../services/sources/open-source.js";
import {startVenues, type Venues} from "./venues.js";

let venues: Venues;
let a: OpenedSource;
let kite: OpenedSource;

beforeAll(async () => {
  venues = await startVenues({now: () => Date.UTC(2026, 10, 18, 10, 30, 15)});
  [a, kite] = ["mt5-a", "kite"].map((name) => openSource(name, venues.settings, venues.effects)) as [
    OpenedSource,
    OpenedSource
  ];
});
afterAll(() => venues.close());

it("the terms of a symbol are what the venue states: a terminal's step, lot and currency, Kite's step and rupees", async () => {
  expect(await a.symbols!.symbol("USDJPY")).toEqual({tickSize: 0.001, contractSize: 100_000, currency: "JPY"});
  expect(await kite.symbols!.symbol("NSE:INFY")).toEqual({tickSize: 0.05, currency: "INR"});
});

it("of a symbol that it does not know it states none", async () => {
  expect(await a.symbols!.symbol("NOPE")).toBeUndefined();
  expect(await kite.symbols!.symbol("NSE:NOPE")).toBeUndefined();
});
