import {ticksToBars} from "../../services/analytics/bars/ticks-to-bars.js";
import type {EpochMs} from "../../services/domain/time.js";
import {defaultSourceEffects} from "../../services/sources/effects.js";
import {openSource} from "../../services/sources/open-source.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import type {OpenedSource} from "./pull.js";

/** Opens sources on the loaders' clock, with the folding of ticks that only analytics knows. */
export function openSourceFor(now: () => EpochMs): (name: string, settings: Settings) => OpenedSource {
  return (name, settings) => openSource(name, settings, {...defaultSourceEffects, now, ticksToBars});
}
