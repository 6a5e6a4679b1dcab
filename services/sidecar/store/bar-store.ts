import type {StoreStatus} from "../../domain/wire.js";
import type {BarRow} from "../../sources/postgres/upsert-bars.js";
import type {SidecarEffects} from "../effects.js";
import type {BarDatabase} from "./bar-database.js";
import type {Journal} from "./journal.js";
import type {JournalRecord} from "./journal-record.js";

/** What a bar store is made of. */
export interface BarStoreOptions {
  readonly journal: Journal<BarRow>;
  readonly database: Pick<BarDatabase, "prepare" | "store" | "notifyTicks" | "ping">;
  /** Called after bars were stored, or the database has come back. */
  readonly onStored?: () => void;
}

/** Final bars on their way into the database. */
export interface BarStore {
  take(row: BarRow): void;
  /** A tick to be notified, if the database is there. */
  tell(payload: string): void;
  status(): StoreStatus;
  /** Tries once more to store what waits, then stops; what is left is in the journal. */
  stop(): Promise<void>;
}

const BATCH_ROWS = 2_000;
const GATHER_MS = 100;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
const JOURNAL_RETRY_MS = 2_000;
const MOST_WAITING = 500_000;
const MOST_TICKS = 10_000;

interface Waiting extends JournalRecord<BarRow> {
  readonly takenTime: number;
}

/**
 * A store that loses no bar it was given: each is written to the journal at once, and to the database in batches, again
 * and again until it is there. While one is away the other goes on, and so does the sidecar. What the last run left in
 * the journal is stored first.
 */
export function createBarStore(
  {journal, database, onStored = () => {}}: BarStoreOptions,
  effects: SidecarEffects
): BarStore {
  let waiting: Waiting[] = journal.left.map((record) => ({...record, takenTime: effects.now()}));
  let unwritten: JournalRecord<BarRow>[] = [];
  let ticks: string[] = [];
  let [barsDropped, ticksDropped, failures] = [0, 0, 0];
  let [isPrepared, isConnected, isStopping, isWriting] = [false, false, false, false];
  let databaseError: string | null = null;
  let journalError: string | null = null;
  let journalTurn: Promise<unknown> = Promise.resolve();
  let cancelFlush: (() => void) | undefined;
  let flushing: Promise<void> | undefined;

  const inTurn = (task: () => Promise<void>) => {
    journalTurn = journalTurn.then(task).catch((error: unknown) => {
      journalError = `journal: ${textOf(error)}`;
    });
    return journalTurn;
  };

  function write(): void {
    if (isWriting || unwritten.length === 0) return;
    isWriting = true;
    const batch = unwritten;
    unwritten = [];
    void inTurn(async () => {
      try {
        await journal.append(batch);
        journalError = null;
      } catch (error) {
        const firstWaiting = waiting[0]?.seq ?? Infinity;
        unwritten = [...batch.filter(({seq}) => seq >= firstWaiting), ...unwritten];
        throw error;
      } finally {
        isWriting = false;
      }
    }).then(() => {
      if (isStopping) return;
      if (journalError === null) write();
      else effects.after(JOURNAL_RETRY_MS, write);
    });
  }

  function schedule(delayMs: number): void {
    if (cancelFlush || flushing || isStopping) return;
    cancelFlush = effects.after(delayMs, () => {
      cancelFlush = undefined;
      flushing = flush().finally(() => {
        flushing = undefined;
        if (!isConnected) schedule(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 8)));
        else if (waiting.length > 0 || ticks.length > 0) schedule(GATHER_MS);
      });
    });
  }

  async function flush(): Promise<void> {
    try {
      await prepare();
      await flushTicks();
      const batch = waiting.slice(0, BATCH_ROWS);
      if (batch.length > 0) await database.store(batch);
      else if (!isConnected) await database.ping();
      isConnected = true;
      failures = 0;
      databaseError = null;
      if (batch.length > 0) confirm(batch.at(-1)!.seq);
      onStored();
    } catch (error) {
      isConnected = false;
      isPrepared &&= !isMissing(error);
      failures += 1;
      databaseError = `database: ${textOf(error)}`;
    }
  }

  async function prepare(): Promise<void> {
    if (isPrepared) return;
    const stored = await database.prepare();
    isPrepared = true;
    const last = journal.left.findLast(({seq}) => seq <= stored); // numbers of this run are not meant
    if (last) confirm(last.seq);
    raise(stored);
  }

  /**
   * The clock, by which numbers begin, may have been set back since a run whose numbers the database alone knows. A bar
   * with a number below those would be taken for stored after a crash, so all that waits gets new ones.
   */
  function raise(stored: number): void {
    journal.raise(stored);
    if (!(waiting[0] && waiting[0].seq <= stored)) return;
    waiting = waiting.map((record) => ({...record, seq: journal.nextSeq()}));
    unwritten = waiting.map(({seq, value}) => ({seq, value}));
    write();
  }

  async function flushTicks(): Promise<void> {
    const payloads = ticks;
    ticks = [];
    try {
      if (payloads.length > 0) await database.notifyTicks(payloads);
    } catch (error) {
      ticksDropped += payloads.length; // a tick that is told later is told wrong
      throw error;
    }
  }

  function confirm(seq: number): void {
    waiting = waiting.filter((record) => record.seq > seq);
    unwritten = unwritten.filter((record) => record.seq > seq);
    void inTurn(() => journal.confirm(seq));
  }

  schedule(0);
  return {
    take(value) {
      const record = {seq: journal.nextSeq(), value};
      waiting.push({...record, takenTime: effects.now()});
      unwritten.push(record);
      if (waiting.length > MOST_WAITING) {
        waiting.shift();
        barsDropped += 1;
      }
      write();
      schedule(GATHER_MS);
    },
    tell(payload) {
      if (!isConnected || ticks.length >= MOST_TICKS) ticksDropped += 1;
      else ticks.push(payload);
      schedule(GATHER_MS);
    },
    status: () => ({
      connected: isConnected,
      waiting: waiting.length,
      waitingSince: waiting[0]?.takenTime ?? null,
      journalBytes: journal.bytes,
      isJournaled: unwritten.length === 0,
      barsDropped,
      ticksDropped,
      journalError,
      lastError: databaseError ?? journalError
    }),
    async stop() {
      isStopping = true;
      cancelFlush?.();
      await flushing;
      while (waiting.length > 0 && isConnected) await flush();
      await journalTurn;
      write(); // what came while the last was written
      await journalTurn;
      await journal.close();
    }
  };
}

/** Whether a table is not there any more, as in another database at the same address. */
function isMissing(error: unknown): boolean {
  return (error as {code?: string}).code === "42P01";
}

function textOf(error: unknown): string {
  const {message, code} = error as {message?: string; code?: string};
  return message || code || String(error);
}
