import type {CatalogContext, CoverageContext} from "./catalog-why.js";
import type {CurveContext} from "./curve-why.js";
import type {GroupContext} from "./group-why.js";
import type {MarketContext} from "./market-why.js";
import type {MoverContext} from "./mover-why.js";
import type {PulseContext} from "./pulse-why.js";
import type {RatioContext} from "./ratio-why.js";
import type {RiskContext} from "./risk-why.js";
import type {SessionContext} from "./session-why.js";
import type {StructureContext} from "./structure-why.js";
import type {TodayContext} from "./today-why.js";
import type {TradeContext} from "./trade-why.js";
import type {TrendContext} from "./trend-why.js";
import type {VolatilityContext} from "./volatility-findings.js";
import type {AskWhy, Why} from "./why.js";

/**
 * What the figures of a page stand on, worked out when one is asked for: only then is the module that knows loaded.
 *
 * @param load takes the module by its own `import("…")`, which a bundler keeps apart from the page's file
 */
function lazyWhy<Context>(
  load: () => Promise<(figure: string, context: Context) => Why | Promise<Why>>,
  context: Context
): AskWhy {
  return async (figure) => (await load())(figure, context);
}

/** Figures of the catalogue. */
export const askCatalogWhy = (context: CatalogContext): AskWhy =>
  lazyWhy(async () => (await import("./catalog-why.js")).catalogWhy, context);

/** Figures of one data set's coverage. */
export const askCoverageWhy = (context: CoverageContext): AskWhy =>
  lazyWhy(async () => (await import("./catalog-why.js")).coverageWhy, context);

/** Figures of a curve of a balance, of equity or of results. */
export const askCurveWhy = (context: CurveContext): AskWhy =>
  lazyWhy(async () => (await import("./curve-why.js")).curveWhy, context);

/** Figures of round trips in groups. */
export const askGroupWhy = (context: GroupContext): AskWhy =>
  lazyWhy(async () => (await import("./group-why.js")).groupWhy, context);

/** Figures of a Market page. */
export const askMarketWhy = (context: MarketContext): AskWhy =>
  lazyWhy(async () => (await import("./market-why.js")).marketWhy, context);

/** Figures of the last sessions of every instrument. */
export const askMoverWhy = (context: MoverContext): AskWhy =>
  lazyWhy(async () => (await import("./mover-why.js")).moverWhy, context);

/** Figures of a Pulse page. */
export const askPulseWhy = (context: PulseContext): AskWhy =>
  lazyWhy(async () => (await import("./pulse-why.js")).pulseWhy, context);

/** Figures of an account's daily returns. */
export const askRatioWhy = (context: RatioContext): AskWhy =>
  lazyWhy(async () => (await import("./ratio-why.js")).ratioWhy, context);

/** Figures of a Risk page. */
export const askRiskWhy = (context: RiskContext): AskWhy =>
  lazyWhy(async () => (await import("./risk-why.js")).riskWhy, context);

/** Figures of the session study. */
export const askSessionWhy = (context: SessionContext): AskWhy =>
  lazyWhy(async () => (await import("./session-why.js")).sessionWhy, context);

/** Figures of a Structure page. */
export const askStructureWhy = (context: StructureContext): AskWhy =>
  lazyWhy(async () => (await import("./structure-why.js")).structureWhy, context);

/** Figures of an account on the first page. */
export const askTodayWhy = (context: TodayContext): AskWhy =>
  lazyWhy(async () => (await import("./today-why.js")).todayWhy, context);

/** Figures of an account's round trips. */
export const askTradeWhy = (context: TradeContext): AskWhy =>
  lazyWhy(async () => (await import("./trade-why.js")).tradeWhy, context);

/** Figures of a Trends page. */
export const askTrendWhy = (context: TrendContext): AskWhy =>
  lazyWhy(async () => (await import("./trend-why.js")).trendWhy, context);

/** Figures of the volatility study. */
export const askVolatilityWhy = (context: VolatilityContext): AskWhy =>
  lazyWhy(async () => (await import("./volatility-why.js")).volatilityWhy, context);
