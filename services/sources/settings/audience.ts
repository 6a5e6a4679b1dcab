import type {InstrumentId} from "../../domain/instrument.js";
import type {SiteSettings} from "../../domain/settings.js";

/** Whom a site is built for: what of it they may see. */
export interface Audience {
  readonly name: string;
  /** Pages as they stand in the address; `*` is any name, `**` anything: `/markets/*`, `/risk/alpha`. */
  readonly pages: readonly string[];
  /** Columns of data sets that are left out, as `deals.ticket`. */
  readonly leaveOut: readonly string[];
  /** Instruments that no page of theirs shows, and that its accounts need all the same. */
  readonly instruments: readonly InstrumentId[];
}

/** Columns that pages can do without; all others carry a figure or hold rows together. */
export const leavableColumns = [
  "deals.ticket",
  "deals.position",
  "deals.price",
  "deals.stopPrice",
  "positions.ticket",
  "positions.stopPrice"
] as const;

/** Whether an audience may see a page; `/index` and `/` are one. Without an audience every page is shown. */
export function isShownTo(audience: Pick<Audience, "pages"> | undefined, path: string): boolean {
  const plain = path.replace(/\/index$/, "/");
  return audience === undefined || audience.pages.some((pattern) => toPattern(pattern).test(plain));
}

function toPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*\*|\*/g, (star) => (star === "**" ? ".*" : "[^/]*"))}$`);
}

/** Where an instrument has a page of its own. */
const instrumentRooms = ["markets", "structure", "trends", "studies/volatility", "studies/sessions"];

/**
 * Settings as an audience may see them: an account or an instrument without a page of its own is not among them, so
 * that no loader tells of it and no menu names it.
 */
export function narrowSite(site: SiteSettings, audience: Audience): SiteSettings {
  const hasPage = (rooms: readonly string[], name: string) =>
    rooms.some((room) => isShownTo(audience, `/${room}/${name}`));
  return {
    ...site,
    instruments: site.instruments.filter(
      ({id, slug}) => hasPage(instrumentRooms, slug) || audience.instruments.includes(id)
    ),
    accounts: site.accounts.filter(({id}) => hasPage(["trades", "pulse", "risk"], id))
  };
}
