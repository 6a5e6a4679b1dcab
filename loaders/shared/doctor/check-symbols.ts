import {instrumentSettings} from "../../../services/domain/settings.js";
import type {Settings} from "../../../services/sources/settings/settings.js";
import type {StatedSymbol, SymbolSource} from "../../../services/sources/symbol-source.js";
import type {Finding} from "./finding.js";

const fields = ["tickSize", "contractSize", "currency"] as const;
const means: Record<(typeof fields)[number], string> = {
  tickSize: "prices are rounded and shown by it",
  contractSize: "exposure and risk are worked out with it",
  currency: "exposure and results are stated in it"
};

/** Whether settings say of each symbol of a source what the source itself says of it. */
export async function checkSymbols(
  source: SymbolSource | undefined,
  name: string,
  {site, listings}: Settings,
  signal: AbortSignal
): Promise<Finding[]> {
  if (source === undefined) return [];
  const findings: Finding[] = [];
  for (const {instrument, symbol} of listings.filter((listing) => listing.source === name)) {
    const stated = await source.symbol(symbol, signal);
    const own = instrumentSettings(site, instrument);
    for (const field of fields)
      if (stated?.[field] !== undefined && !isSame(own[field], stated[field]))
        findings.push({
          area: "sources",
          severity: "warning",
          what: `${name}: ${symbol} has ${field} ${stated[field]} at the source, ${own[field]} in settings: ${means[field]}`,
          remedy: `set ${field} of ${instrument} to ${stated[field]} in settings, if the source is right`
        });
  }
  return findings;
}

function isSame(own: number | string, stated: NonNullable<StatedSymbol[keyof StatedSymbol]>): boolean {
  if (typeof own === "string" || typeof stated === "string") return own === stated;
  return Math.abs(own - stated) <= 1e-9 * stated;
}
