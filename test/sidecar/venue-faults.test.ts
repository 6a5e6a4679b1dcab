import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {type Bar, toBars} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {FeedStatus, TopicEvent} from "../../services/domain/wire.js";
import {exchangeSession} from "../../services/sources/kite/login.js";
import {type SidecarProcess, startLiveVenues} from "./live-venues.js";
import {said} from "./said.js";
import {openSocketClient, type SocketClient} from "./socket-client.js";

const MINUTE = 60_000;
const isLong = Boolean(process.env["TAPEBOOK_VERIFY"]);
// Eleven seconds before a minute ends (two minutes and a half in a long run), in a session of both venues.
const END = Date.UTC(2026, 10, 18, 6, 30);
const START = END - (isLong ? 150_000 : 11_000);
const instruments: readonly InstrumentId[] = ["MT5:EURUSD", "NSE:INFY"];

describe("a sidecar process whose venues fail", () => {
  let venues: Awaited<ReturnType<typeof startLiveVenues>>;
  let sidecar: SidecarProcess;
  let client: SocketClient;

  beforeAll(async () => {
    venues = await startLiveVenues(START);
    sidecar = await venues.startSidecar();
    client = await openSocketClient(sidecar.url);
    const topics = instruments.map((id) => `bar:${id}:1m`);
    const since = Object.fromEntries(topics.map((topic) => [topic, END - 30 * MINUTE]));
    client.say({op: "subscribe", topics: ["status", ...topics], since});
  }, 60_000);
  afterAll(async () => {
    client?.socket.terminate();
    await venues?.stop();
  });

  const feed = async (name: string) => {
    const reply = await fetch(`${sidecar.url.replace("ws:", "http:")}/healthz`);
    const {feeds} = (await reply.json()) as {feeds: FeedStatus[]};
    return feeds.find((one) => one.name === name)!;
  };
  const becomes = (name: string, state: object, timeout = 20_000) =>
    expect.poll(() => feed(name), {timeout, interval: 100}).toMatchObject(state);
  /** The same in the figures, in the status as a page hears it, and in the doctor's words. */
  const isSaid = (name: string, error: RegExp) =>
    expect
      .poll(() => said(sidecar.url, client), {timeout: 20_000, interval: 100})
      .toMatchObject({
        figures: {[`tapebook_feed_failing{feed="${name}"}`]: 1},
        status: {
          feeds: expect.arrayContaining([expect.objectContaining({name, lastError: expect.stringMatching(error)})])
        },
        doctor: expect.stringMatching(new RegExp(`^warning: ${name} is .*${error.source}`, "m"))
      });
  const fault = async (venue: {readonly url: string}, body: object) => {
    const reply = await fetch(`${venue.url}/_sim/fault`, {
      method: "POST",
      headers: {"x-sim-control": "yes", "content-type": "application/json"},
      body: JSON.stringify(body)
    });
    expect(reply.ok).toBe(true);
  };

  it("says of each fault what it is, and of its end that all is well", async () => {
    await Promise.all([becomes("bridge", {connected: true}), becomes("kite", {connected: true})]);
    const well = {connected: true, lastError: null};
    const ofBridge = async () => {
      await fault(venues.bridge, {kind: "unavailable"});
      await becomes("bridge", {connected: false, lastError: expect.stringContaining("503")});
      await isSaid("bridge", /503/);
      await fault(venues.bridge, {kind: "none"});
      await becomes("bridge", well);
      await fault(venues.bridge, {kind: "wrong-clock", hours: 3});
      await becomes("bridge", {
        connected: false,
        lastError: expect.stringMatching(/minutes ahead under the clock rule/)
      });
      await fault(venues.bridge, {kind: "none"});
      await becomes("bridge", well);
      await fault(venues.bridge, {kind: "slow", delayMs: 8_000, path: "/ticks"});
      await becomes("bridge", {connected: false, lastError: expect.stringMatching(/no answer within \d+ ms/)});
      await fault(venues.bridge, {kind: "none"});
      await becomes("bridge", well);
    };
    const ofKite = async () => {
      await fault(venues.kite, {kind: "close"});
      await becomes("kite", {connected: false, lastError: expect.stringContaining("closed the connection")});
      await becomes("kite", well);
      expect((await feed("kite")).reconnects).toBeGreaterThan(0);
      await fault(venues.kite, {kind: "dead-token"});
      await becomes("kite", {connected: false, lastError: expect.stringMatching(/token/)});
      const keys = {apiKey: "key", apiSecret: "secret", requestToken: "request"};
      const token = await exchangeSession({url: venues.kite.url, ...keys});
      writeFileSync(join(venues.folder, ".env"), `KITE_ACCESS_TOKEN=${token}\n`);
      await becomes("kite", well);
      await fault(venues.kite, {kind: "mute"});
      await becomes("kite", {connected: false, lastError: expect.stringMatching(/^silent for \d+ s/)});
      await isSaid("kite", /silent for \d+ s/);
      await fault(venues.kite, {kind: "none"});
      await becomes("kite", well, 40_000);
      if (!isLong) return;
      await fault(venues.kite, {kind: "mute-data"});
      await becomes(
        "kite",
        {connected: false, lastError: expect.stringMatching(/^mute for \d+ s in an open market/)},
        50_000
      );
      await fault(venues.kite, {kind: "none"});
      await becomes("kite", well, 40_000);
    };
    await Promise.all([ofBridge(), ofKite()]);
    await expect
      .poll(() => said(sidecar.url, client), {timeout: 60_000, interval: 200})
      .toMatchObject({
        figures: {'tapebook_feed_failing{feed="bridge"}': 0, 'tapebook_feed_failing{feed="kite"}': 0},
        doctor: expect.not.stringMatching(/not connected|silent for|503/)
      });
  }, 200_000);

  it("has every bar all the same, as the tape has it, and each once", async () => {
    const finals = (id: InstrumentId): Bar[] => {
      const events = client.messages.flatMap((message): readonly TopicEvent[] => {
        if (message.type === "batch" || message.type === "replay") return message.events;
        return message.type === "bar" ? [message] : [];
      });
      const bars = events.flatMap((event) =>
        event.type === "bar" && event.final && event.topic === `bar:${id}:1m` ? [event.bar] : []
      );
      return bars.filter(({time}) => time >= END - 30 * MINUTE && time < END).sort((a, b) => a.time - b.time);
    };
    const expected = (id: InstrumentId) => toBars(venues.tape.of(id).minuteBars(END - 30 * MINUTE, END, venues.now()));
    for (const id of instruments) {
      await expect.poll(() => finals(id).length, {timeout: isLong ? 300_000 : 60_000}).toBe(30);
      expect(finals(id)).toEqual(expected(id));
    }
  }, 320_000);
});
