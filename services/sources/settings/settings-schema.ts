import {z} from "zod";
import {type InstrumentId, parseInstrumentId} from "../../domain/instrument.js";
import type {Policy} from "../../domain/settings.js";
import {leavableColumns} from "./audience.js";
import {currency, flag, historyDays, matching, positive, sourceName, text, timeframe, zone} from "./fields.js";
import {sourceSchema} from "./source-schema.js";
import {strict} from "./strict.js";

const fraction = (error = "must be a fraction above 0 and at most 1, as 0.02") =>
  z.number({error}).positive({error}).max(1, {error});
const minutes = z.number({error: "must be minutes, 0 or more"}).min(0, {error: "must be minutes, 0 or more"});
const countRemedy = "must be a whole number above 0";

/** The policy of an account whose settings state none: the defaults of `docs/definitions.md`. */
export const defaultPolicy: Policy = {
  reentryWindowMinutes: 15,
  riskFractionPerTrade: 0.02,
  dailyLossFraction: 0.03,
  tradesPerDay: 5,
  coolingOffMinutes: 15
};

const policy = strict({
  reentryWindowMinutes: minutes.default(defaultPolicy.reentryWindowMinutes),
  riskFractionPerTrade: fraction().default(defaultPolicy.riskFractionPerTrade),
  dailyLossFraction: fraction().default(defaultPolicy.dailyLossFraction),
  tradesPerDay: z.int({error: countRemedy}).min(1, {error: countRemedy}).default(defaultPolicy.tradesPerDay),
  coolingOffMinutes: minutes.default(defaultPolicy.coolingOffMinutes)
});

const idRemedy = "must be VENUE:SYMBOL, as NSE:INFY";
const instrumentId = z
  .string({error: idRemedy})
  .max(80, {error: idRemedy})
  .refine((id): id is InstrumentId => isInstrumentId(id), {error: idRemedy});

function isInstrumentId(id: string): boolean {
  try {
    return /[A-Za-z0-9]/.test(parseInstrumentId(id).symbol);
  } catch {
    return false;
  }
}

/** One instrument of a settings file. */
export const instrumentSchema = strict({
  id: instrumentId,
  name: text("must be a name to show"),
  source: sourceName,
  symbol: text("must be the instrument's name at its source").optional(),
  assetClass: z.enum(["fx", "metal", "index", "equity", "crypto", "future"], {
    error: "must be fx, metal, index, equity, crypto or future"
  }),
  currency,
  tickSize: positive("must be the smallest step of a price, as 0.00001"),
  contractSize: positive("must be the units per lot, as 100000 for FX or 1 for a share").default(1),
  calendar: text("must be the name of a calendar in data/reference/calendars.yaml, as fx"),
  live: flag.default(false),
  timeframes: z.record(timeframe, historyDays, {
    error: "must map timeframes to days of history, as {1m: 60, 1d: 730}"
  }),
  ticks: historyDays.optional()
});

/** One account of a settings file. */
export const accountSchema = strict({
  id: matching(/^[a-z][a-z0-9-]{0,39}$/, "must be an alias: small letters, digits and hyphens, as alpha"),
  name: text("must be a name to show"),
  source: sourceName,
  currency,
  zone: zone.default("UTC"),
  historyDays: historyDays.default("all"),
  policy: policy.default(defaultPolicy)
});

const pagesRemedy = "must list pages, as [/, /markets/*, /risk/alpha]";
const audience = strict({
  pages: z
    .array(matching(/^(\/|\*\*$)/, "must be a page, as /markets/*"), {error: pagesRemedy})
    .min(1, {error: pagesRemedy}),
  leaveOut: z
    .array(z.enum(leavableColumns, {error: `must be one of ${leavableColumns.join(", ")}: pages need the others`}), {
      error: "must list columns, as [deals.ticket]"
    })
    .default([]),
  instruments: z.array(instrumentId, {error: "must list instruments, as [MT5:EURUSD]"}).default([])
});

const builtTimeframes = ["1m", "3m", "5m", "15m", "1h", "1d"] as const;
const builtRemedy = `must list timeframes that the sidecar builds: ${builtTimeframes.join(", ")}`;
/** Where a settings file has the sidecar look for trend starts. */
export const analyzerSchema = strict({
  id: matching(/^[a-z][a-z0-9-]{0,39}$/, "must be a name: small letters, digits and hyphens").default("trend-starts"),
  targets: z.array(
    strict({
      instruments: z.array(instrumentId, {error: "must list live instruments, as [MT5:EURUSD]"}).optional(),
      timeframes: z
        .array(z.enum(builtTimeframes, {error: builtRemedy}), {error: builtRemedy})
        .min(1, {error: builtRemedy})
    }),
    {error: "must be a list of {instruments, timeframes}"}
  )
});

const locale = z.string().refine(isLocale, {error: "must be a locale, as en-IN"});

function isLocale(value: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(value).length > 0;
  } catch {
    return false;
  }
}

/** A settings file as a whole. */
export const settingsSchema = strict({
  title: text("must be the site's title").default("Tapebook"),
  simulated: flag.default(false),
  display: strict({
    zone: zone.default("UTC"),
    locale: locale.default("en-GB"),
    redIsUp: flag.optional()
  }).default({zone: "UTC", locale: "en-GB"}),
  sources: z.record(sourceName, sourceSchema, {error: "must map names to sources"}),
  instruments: z.array(instrumentSchema, {error: "must be a list of instruments"}),
  accounts: z.array(accountSchema, {error: "must be a list of accounts"}).default([]),
  analyzer: analyzerSchema.optional(),
  audiences: z
    .record(
      matching(/^[a-z][a-z0-9-]{0,39}$/, "must be a name: small letters, digits and hyphens, as stakeholder"),
      audience,
      {error: "must map names to audiences"}
    )
    .default({})
});

/** A settings file with its defaults filled in, each value checked alone; what holds between values is not. */
export type ParsedSettings = z.output<typeof settingsSchema>;
