import {readFileSync} from "node:fs";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import {parseCalendars} from "../../services/sources/settings/calendars.js";

const path = "data/reference/calendars.yaml";
const all = parseCalendars(readFileSync(path, "utf8"), path);

/** The project's own calendars, as a loader sees them. */
export const calendars = {fx: all["fx"]!, nse: all["nse"]!, crypto: all["crypto"]!} satisfies Record<
  string,
  TradingCalendar
>;
