import type {Money} from "../../services/domain/money.js";
import type {DisplaySettings} from "../../services/domain/settings.js";
import type {EpochMs} from "../../services/domain/time.js";
import {formatDuration} from "./duration.js";
import {formatFraction} from "./fraction.js";
import {formatMoment, formatSpan, formatZoned, type MomentStyle} from "./moment.js";
import {formatAmount, formatMoney} from "./money.js";
import {formatNumber, formatShort} from "./number.js";
import {formatPrice} from "./price.js";

type Signed = {readonly signed?: boolean; readonly decimals?: number};
type Time = EpochMs | undefined | null;

/**
 * All formats bound to one reader's locale and zone, so that a page names them once.
 *
 * `createFormats({zone: "Asia/Kolkata", locale: "en-IN"}).count(2339635)` is `23 39 635`.
 */
export function createFormats({zone, locale, redIsUp = false}: DisplaySettings) {
  return {
    zone,
    locale,
    redIsUp,
    count: (value: number | undefined) => formatNumber(value, {locale, decimals: 0}),
    number: (value: number | undefined, options?: Signed) => formatNumber(value, {locale, ...options}),
    short: (value: number | undefined) => formatShort(value, {locale}),
    fraction: (value: number | undefined, options?: Signed) => formatFraction(value, {locale, ...options}),
    price: (value: number | undefined, tickSize: number) => formatPrice(value, tickSize, {locale}),
    money: (value: Money | undefined, options?: Signed) => formatMoney(value, {locale, ...options}),
    amount: (value: number | undefined, currency: string, options?: Signed) =>
      formatAmount(value, currency, {locale, ...options}),
    duration: formatDuration,
    moment: (time: Time, style: MomentStyle = "minute") => formatMoment(time, style, {zone, locale}),
    zoned: (time: Time, style: MomentStyle = "minute") => formatZoned(time, {zone, locale}, style),
    span: (start: EpochMs, end: EpochMs, style: "date" | "minute" = "minute") =>
      formatSpan(start, end, {zone, locale}, style)
  };
}

/** What `createFormats` makes. */
export type Formats = ReturnType<typeof createFormats>;
