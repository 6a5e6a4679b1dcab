import type {z} from "zod";
import {accountSchema, analyzerSchema, instrumentSchema, type ParsedSettings} from "./settings-schema.js";
import {sourceSchema, toSourceSettings} from "./source-schema.js";
import type {SourceSettings} from "./source-settings.js";

type Instrument = ParsedSettings["instruments"][number];
type Account = ParsedSettings["accounts"][number];

/** What of the settings the checks between its parts look at. */
export interface CheckedSettings {
  readonly instruments: readonly Pick<
    Instrument,
    "id" | "source" | "symbol" | "calendar" | "live" | "timeframes" | "ticks"
  >[];
  readonly accounts: readonly Pick<Account, "id" | "source" | "currency">[];
  readonly analyzer?: ParsedSettings["analyzer"];
}

/** Sources by name; `undefined` where something is wrong with one itself. */
export type CheckedSources = Readonly<Record<string, SourceSettings | undefined>>;

/**
 * A settings file in which something is wrong, as far as it can be read: what is right in it can still be held against
 * the rest. What is wrong becomes a value that is wrong in those checks too, or that none of them looks at.
 */
export function draftSettings(value: unknown): {readonly settings: CheckedSettings; readonly sources: CheckedSources} {
  const {instruments, accounts, analyzer, sources} = mapping(value);
  const drafts = Object.entries(mapping(sources)).map(([name, source]) => {
    const parsed = sourceSchema.safeParse(source);
    return [name, parsed.success ? toSourceSettings(parsed.data) : undefined] as const;
  });
  return {
    settings: {
      instruments: list(instruments).map(draftInstrument),
      accounts: list(accounts).map(draftAccount),
      analyzer: read(analyzerSchema.optional(), analyzer, undefined)
    },
    sources: Object.fromEntries(drafts)
  };
}

function draftInstrument(value: unknown): CheckedSettings["instruments"][number] {
  const {id, source, symbol, calendar, live, timeframes, ticks} = mapping(value);
  const {shape} = instrumentSchema;
  return {
    id: read(shape.id, id, "X:?"),
    source: read(shape.source, source, ""),
    symbol: read(shape.symbol, symbol, undefined),
    calendar: read(shape.calendar, calendar, ""),
    live: read(shape.live, live, false),
    timeframes: read(shape.timeframes, timeframes, {} as Instrument["timeframes"]),
    ticks: read(shape.ticks, ticks, undefined)
  };
}

function draftAccount(value: unknown): CheckedSettings["accounts"][number] {
  const {id, source, currency} = mapping(value);
  const {shape} = accountSchema;
  return {
    id: read(shape.id, id, ""),
    source: read(shape.source, source, ""),
    currency: read(shape.currency, currency, "")
  };
}

function read<T>(schema: z.ZodType<T>, value: unknown, instead: T): T {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : instead;
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
