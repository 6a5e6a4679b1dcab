import type {InstrumentId} from "../../domain/instrument.js";
import type {Tick} from "../../domain/tick.js";
import {type EpochMs, SECOND_MS} from "../../domain/time.js";
import type {SourceEffects} from "../effects.js";
import {createStatusBoard, type StatusBoard} from "../feed-status.js";
import {createReconnects} from "../reconnects.js";
import type {TickCoverage, TickFeed} from "../tick-feed.js";
import {createPacketTicks, type PacketTicks} from "./packet-ticks.js";
import {decodePackets} from "./packets.js";
import {openTickerSocket} from "./ticker-socket.js";

/** What is needed for one connection; asked for anew each time, for tokens die and instruments change overnight. */
export interface TickerAccess {
  readonly socketUrl: string;
  readonly apiKey: string;
  readonly accessToken: string;
  readonly instruments: ReadonlyMap<number, InstrumentId>; // by Kite's token
}

/** What Kite's ticker is asked for, and how long it may be silent before it is connected anew. */
export interface TickerOptions {
  readonly name: string;
  readonly instruments: readonly InstrumentId[];
  access(signal: AbortSignal): Promise<TickerAccess>;
  /** Whether some instrument trades at a moment, so that silence is a fault. */
  isOpen(time: EpochMs): boolean;
  /** Silence after which a connection counts as dead: no frame at all, not even a heartbeat. */
  readonly silentMs?: number; // 10 s
  /** Time without a packet, heartbeats aside, after which an open market's connection counts as mute. */
  readonly muteMs?: number; // 30 s
  readonly backoffMs?: number; // 1 s; as `createReconnects`
}

/**
 * Kite's ticker as a feed. It connects anew after every end, with a fresh access token; it watches data and not the
 * connection, for a socket can stay connected and mute.
 */
export function createKiteTicker(
  options: TickerOptions,
  effects: Pick<SourceEffects, "now" | "random" | "sleep">
): TickFeed {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let coverage: TickCoverage | undefined;
  const cover = (next: TickCoverage) => {
    coverage = next;
  };
  return {
    name: options.name,
    instruments: options.instruments,
    start(onTick, onStatus) {
      if (running !== undefined) throw new TypeError(`feed has been started before: ${options.name}`);
      const board = createStatusBoard((status) => {
        if (!stopping.signal.aborted) onStatus(status);
      });
      const give = (tick: Tick) => {
        onTick(tick);
        // One socket gives all instruments in one order, so a tick of any covers every one of them.
        if (coverage) cover({...coverage, end: Math.max(coverage.end, tick.eventTime)});
      };
      running = run(options, effects, board, give, cover, stopping.signal);
    },
    covered: () => coverage,
    async stop() {
      stopping.abort();
      await running;
    }
  };
}

async function run(
  options: TickerOptions,
  effects: Pick<SourceEffects, "now" | "random" | "sleep">,
  board: StatusBoard,
  onTick: (tick: Tick) => void,
  onCovered: (coverage: TickCoverage) => void,
  signal: AbortSignal
): Promise<void> {
  const reconnects = createReconnects({...options, random: effects.random});
  while (!signal.aborted) {
    const {reason, heldMs} = await connectOnce(options, effects.now, board, onTick, onCovered, signal);
    if (signal.aborted) return;
    board.set({connected: false, lastError: reason});
    await effects.sleep(reconnects.pauseMs(heldMs), signal).catch(() => {});
    if (!signal.aborted) board.set({reconnects: board.current.reconnects + 1});
  }
}

interface Ending {
  readonly reason: string;
  /** From the first packet to the end; 0 where none came. */
  readonly heldMs: number;
}

async function connectOnce(
  options: TickerOptions,
  now: () => EpochMs,
  board: StatusBoard,
  onTick: (tick: Tick) => void,
  onCovered: (coverage: TickCoverage) => void,
  signal: AbortSignal
): Promise<Ending> {
  let access: TickerAccess;
  try {
    access = await options.access(signal);
  } catch (error) {
    return {reason: error instanceof Error ? error.message : String(error), heldMs: 0};
  }
  if (signal.aborted) return {reason: "", heldMs: 0};
  const {silentMs = 10 * SECOND_MS, muteMs = 30 * SECOND_MS} = options;
  const ticks = createPacketTicks(access.instruments);
  const begun = now();
  let [lastFrame, lastPacket] = [begun, begun];
  let firstPacket: EpochMs | undefined;
  const socket = openTickerSocket({
    ...access,
    tokens: [...access.instruments.keys()],
    onOpen: () => {
      onCovered({start: now(), end: now()});
      board.set({connected: true});
    },
    onFrame: (frame) => {
      if (signal.aborted) return;
      lastFrame = now();
      if (frame.byteLength <= 1) return;
      lastPacket = lastFrame;
      firstPacket ??= lastFrame;
      if (!takeFrame(frame, lastFrame, ticks, board, onTick)) onCovered({start: lastFrame, end: lastFrame});
    },
    onText: (text) => {
      lastFrame = now();
      const error = errorIn(text);
      if (error !== undefined) board.set({lastError: error});
    }
  });
  let complaint = "";
  const watchdog = setInterval(
    () => {
      const time = now();
      if (time - lastFrame > silentMs) complaint = `silent for ${Math.round((time - lastFrame) / SECOND_MS)} s`;
      else if (time - lastPacket > muteMs && options.isOpen(time))
        complaint = `mute for ${Math.round((time - lastPacket) / SECOND_MS)} s in an open market`;
      if (complaint !== "") socket.close();
    },
    Math.max(10, Math.min(silentMs, muteMs) / 4)
  );
  signal.addEventListener("abort", socket.close, {once: true});
  const reason = await socket.closed;
  clearInterval(watchdog);
  signal.removeEventListener("abort", socket.close);
  socket.close();
  return {reason: complaint || reason, heldMs: firstPacket === undefined ? 0 : now() - firstPacket};
}

/** @returns whether the frame could be read */
function takeFrame(
  frame: Uint8Array,
  receivedTime: EpochMs,
  ticks: PacketTicks,
  board: StatusBoard,
  onTick: (tick: Tick) => void
): boolean {
  try {
    const packets = decodePackets(frame);
    board.set({lastError: null});
    for (const packet of packets) {
      const tick = ticks.next(packet, receivedTime);
      if (tick !== undefined) onTick(tick);
    }
    return true;
  } catch (error) {
    board.set({lastError: error instanceof Error ? error.message : String(error)});
    return false;
  }
}

/** The words of an error frame; an order's update or a message is none. */
function errorIn(text: string): string | undefined {
  try {
    const {type, data} = JSON.parse(text) as {type?: unknown; data?: unknown};
    return type === "error" ? `the ticker says: ${String(data).slice(0, 200)}` : undefined;
  } catch {
    return `the ticker sent a text that is not JSON: ${JSON.stringify(text.slice(0, 60))}`;
  }
}
