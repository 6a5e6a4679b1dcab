import type {RoundTrip} from "../../services/domain/round-trip.js";
import type {TripPanelOptions} from "./trip-panel.js";

/** `tripPanel`, whose code and charts come when a round trip is first opened: a page without one does not carry them. */
export async function openTrip(trip: RoundTrip, options: TripPanelOptions): Promise<HTMLElement> {
  const {tripPanel} = await import("./trip-panel.js");
  return tripPanel(trip, options);
}
