import type {ClientEffects, Socket} from "../../components/live/client-effects.js";
import type {JoinedSeries} from "../../components/live/join-series.js";
import type {Bar} from "../../services/domain/bar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Tick} from "../../services/domain/tick.js";
import type {BarEvent, Topic} from "../../services/domain/wire.js";
import type {Frame} from "../../services/sidecar/clients/encode-frames.js";
import {createFanOut, type FanOut} from "../../services/sidecar/clients/fan-out.js";
import {createOutbox} from "../../services/sidecar/clients/outbox.js";
import {createSession, type Session} from "../../services/sidecar/clients/session.js";
import {defaultLimits} from "../../services/sidecar/limits.js";
import {historyOrigin, type Market, openMarket} from "../../services/sidecar/market.js";
import {createHub, type Hub} from "../../services/sidecar/topics/hub.js";
import {openSeamPage} from "./seam-page.js";
import {randomTape, roundTheClock, seededRandom, tapeBars} from "./tape.js";
import {createTapeFeed, type Outage} from "./tape-feed.js";
import {createVirtualTime} from "./virtual-time.js";

const START = Date.UTC(2024, 0, 2, 9);
const MINUTE = 60_000;
const instruments: readonly InstrumentId[] = ["X:QUOTED", "X:TRADED", "X:PRINTED"];

export interface SeamResult {
  readonly instrument: InstrumentId;
  readonly tapeBars: readonly Bar[];
  readonly joined: JoinedSeries;
  /** Five-minute bars as the page joins them, from no snapshot. */
  readonly fives: JoinedSeries;
  /** Final bars as they came over the wire, each once per time it was said. */
  readonly finals: readonly BarEvent[];
  readonly stillIncomplete: readonly Topic[];
}

/**
 * One random life of a page: a tape, a feed with outages, a history that lags and fails, a sidecar that is restarted,
 * a page that opens on a snapshot in mid-tape, whose line breaks, and that is closed and opened anew; then quiet, until everything has had its chance.
 */
export async function playSeamCase(seed: number): Promise<SeamResult[]> {
  const random = seededRandom(seed);
  const between = (low: number, high: number) => low + random() * (high - low);
  const minutes = 8 + Math.floor(random() * 8);
  const end = START + minutes * MINUTE;
  const tape = randomTape(instruments, {start: START, minutes, random});
  const bars = new Map(instruments.map((id) => [id, tapeBars(tape, id)]));
  const time = createVirtualTime(START + between(0, 2 * MINUTE));
  const historyLagMs = between(0, 4_000);
  const outages = randomOutages(between, time.now(), end, random);
  const feedOptions = {tape, outages, latencyMs: between(0, 900), repeated: Math.floor(between(0, 6))};
  const isUnruly = random() < 0.5;
  const delays = new Map<string, number>();
  for (const tick of tape) delays.set(placeOf(tick), isUnruly && random() < 0.5 ? between(0, 1_000) : 0);

  const quietFrom = end + 30_000;
  let isHistoryDown = random() < 0.3;
  let sidecar: {readonly hub: Hub; readonly fanOut: FanOut; readonly market: Market; readonly boot: string} | undefined;
  let boots = 0;
  const lines = new Set<() => void>();

  function pull(id: InstrumentId) {
    return async (from: number, to: number): Promise<Bar[]> => {
      if (isHistoryDown || (time.now() < quietFrom && random() < 0.2)) throw new Error("history is down");
      const isThere = (bar: Bar) => bar.time >= from && bar.time < to && bar.time + MINUTE + historyLagMs <= time.now();
      return bars.get(id)!.filter(isThere);
    };
  }

  function startSidecar(): void {
    const hub = createHub();
    const followed = instruments.map((id) => {
      return {id, calendar: roundTheClock, pull: pull(id), origin: historyOrigin(roundTheClock, time.now())};
    });
    const feeds = [createTapeFeed({...feedOptions, delayOf: (tick) => delays.get(placeOf(tick))!}, time)];
    const market = openMarket({feeds, instruments: followed, hub, limits: defaultLimits}, time.effects);
    const fanOut = createFanOut(hub, defaultLimits, time.effects);
    sidecar = {hub, fanOut, market, boot: `boot-${++boots}`};
  }

  async function stopSidecar(): Promise<void> {
    const {market, fanOut} = sidecar!;
    sidecar = undefined;
    fanOut.stop();
    for (const cut of [...lines]) cut();
    await market.stop();
  }

  const effects: ClientEffects = {...time.effects, random, open: () => openLine()};

  /** A socket in memory: every frame takes 20 ms, and those under way are lost when the line is cut. */
  function openLine(): Socket {
    let session: Session | undefined;
    let isCut = false;
    const socket: Socket = {
      onmessage: null,
      onclose: null,
      onerror: null,
      send: (text) => void time.at(time.now() + 20, () => !isCut && session?.receive(text)),
      close: () => cut()
    };
    function cut(): void {
      if (isCut) return;
      isCut = true;
      lines.delete(cut);
      session?.end();
      time.at(time.now(), () => socket.onclose?.({code: 1006, reason: ""}));
    }
    lines.add(cut);
    time.at(time.now() + 20, () => {
      if (!sidecar || isCut) return cut();
      const send = ({data}: Frame, sent: () => void) => {
        time.at(time.now() + 20, () => !isCut && socket.onmessage?.({data: Buffer.from(data).toString()}));
        sent();
      };
      const outbox = createOutbox({unsentBytes: () => 0, send, close: cut}, defaultLimits);
      session = createSession(
        {
          hub: sidecar.hub,
          fanOut: sidecar.fanOut,
          boot: sidecar.boot,
          limits: defaultLimits,
          simulated: true,
          now: time.now
        },
        outbox,
        cut
      );
    });
    return socket;
  }

  startSidecar();
  for (let restarts = Math.floor(between(0, 3)); restarts > 0; --restarts) {
    const stopped = between(time.now() + 1_000, end);
    time.at(stopped, () => void (sidecar && stopSidecar()));
    time.at(stopped + between(100, 90_000), () => void (sidecar ?? startSidecar()));
  }
  time.at(between(end, quietFrom), () => (isHistoryDown = false));

  const finals = new Map(instruments.map((id) => [id, [] as BarEvent[]]));
  const openPage = (taken: number) =>
    openSeamPage(
      {url: "ws://memory/", instruments, bars, taken, start: START, isRepeated: () => random() < 0.2},
      effects,
      (id, event) => finals.get(id)!.push(event)
    );
  await time.runUntil(between(time.now() + 1, end));
  let page = openPage(between(START, time.now()));
  const cutLine = () => [...lines][0]?.();
  for (let cuts = Math.floor(between(0, 5)); cuts > 0; --cuts) time.at(between(time.now(), end), cutLine);
  if (random() < 0.4) {
    await time.runUntil(between(time.now(), end));
    page.client.close(); // the browser is closed, and opened anew on another snapshot
    await time.runUntil(time.now() + between(0, 2 * MINUTE));
    page = openPage(between(START, Math.min(time.now(), end)));
  }
  await time.runUntil(Math.max(time.now(), end) + 10 * MINUTE);
  const results = instruments.map((instrument): SeamResult => {
    const {join, fives} = page.joins.get(instrument)!;
    return {
      instrument,
      tapeBars: bars.get(instrument)!,
      joined: join.series(),
      fives: fives.series(),
      finals: finals.get(instrument)!,
      stillIncomplete: page.client.state.incomplete
    };
  });
  page.client.close();
  if (sidecar) await stopSidecar();
  return results;
}

/** Ticks of one instrument and time overtake others together: which of them came first, nothing else tells. */
function placeOf({instrument, eventTime}: Tick): string {
  return `${instrument} ${eventTime}`;
}

function randomOutages(
  between: (low: number, high: number) => number,
  from: number,
  end: number,
  random: () => number
): Outage[] {
  const outages: Outage[] = [];
  let start = from + between(500, 120_000);
  while (start < end && outages.length < 4) {
    const outage = {start, end: start + between(200, 100_000), isMute: random() < 0.5};
    outages.push(outage);
    start = outage.end + between(1_000, 200_000);
  }
  return random() < 0.25 ? [] : outages;
}
