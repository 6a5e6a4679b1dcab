import {z} from "zod";
import {isTimeframe, type Timeframe} from "../../domain/timeframe.js";
import {isZone} from "../../domain/zone.js";
import type {HistoryDays} from "./settings.js";
import type {ClockRule} from "./source-settings.js";
import {strict} from "./strict.js";

/** A text that is not empty, trimmed. The message of each schema here is its remedy. */
export const text = (error: string) => z.string({error}).trim().min(1, {error}).max(500, {error});

/** A text of a pattern. */
export const matching = (pattern: RegExp, error: string) => z.string({error}).regex(pattern, {error});

/** True or false. */
export const flag = z.boolean({error: "must be true or false"});

/** A number above 0. */
export const positive = (error = "must be a number above 0") => z.number({error}).positive({error});

const zoneRemedy = "must be an IANA time zone, as Asia/Kolkata";
/** An IANA time zone that this runtime knows. */
export const zone = z.string({error: zoneRemedy}).refine(isZone, {error: zoneRemedy});

const currencyRemedy = "must be an ISO 4217 code, as USD";
/** An ISO 4217 code. */
export const currency = matching(/^[A-Z]{3}$/, currencyRemedy);

const sourceRemedy = "must be the name of a source: small letters, digits and hyphens, as mt5-a";
/** The name of a source in settings. */
export const sourceName = matching(/^[a-z][a-z0-9-]{0,39}$/, sourceRemedy);

const timeframeRemedy = "must be a timeframe, as 1m, 5m, 1h, 1d, 1w";
/** A timeframe, as `5m`. */
export const timeframe = z
  .string({error: timeframeRemedy})
  .refine((value): value is Timeframe => isTimeframe(value) && value.length < 7, {error: timeframeRemedy});

const historyRemedy = "must be a whole number of days from 1 to 36500, or all";
/** Days of history, or `all`. */
export const historyDays: z.ZodType<HistoryDays> = z.union([z.int().min(1).max(36_500), z.literal("all")], {
  error: historyRemedy
});

const offsetRemedy = "must be hours between -24 and 24";
/** A broker's clock rule. */
export const clock: z.ZodType<ClockRule> = strict(
  {zone, offsetHours: z.number({error: offsetRemedy}).min(-24, {error: offsetRemedy}).max(24, {error: offsetRemedy})},
  "must be {zone, offsetHours}, as {zone: America/New_York, offsetHours: 7}"
);

/** An address with one of these protocols and no user name or password in it. */
export function address(protocols: readonly string[]) {
  const error = `must be an address that begins with ${protocols.map((name) => `${name}//`).join(" or ")}, without a password`;
  return z.string({error}).refine((value) => isAddress(value, protocols), {error});
}

function isAddress(value: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(value)) return false;
  const {protocol, username, password} = new URL(value);
  return protocols.includes(protocol) && username === "" && password === "";
}
