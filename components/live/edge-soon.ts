import {afterPaint} from "../parts/after-paint.js";
import type {SidecarPlace} from "./find-sidecar.js";
import type {LiveEdge} from "./live-edge.js";

/** A live edge whose code comes after the page has painted what it has, if at all. */
export interface EdgeSoon {
  /** `undefined` until it is there. */
  readonly now: LiveEdge | undefined;
  /** As `LiveEdge.observe`, from when it is there; before that it tells 0. */
  observe(options?: Parameters<LiveEdge["observe"]>[0]): (change: (version: number) => void) => () => void;
  end(): void;
}

/**
 * Loads a live edge once the page has painted, where the page itself or its link names a sidecar. A place that was only
 * guessed is not tried: a browser would write every refusal to its console.
 */
export function edgeSoon(place: SidecarPlace | undefined, load: (url: string) => Promise<LiveEdge>): EdgeSoon {
  let now: LiveEdge | undefined;
  let isEnded = false;
  const isNamed = place !== undefined && place.chosenBy !== "host";
  const soon = isNamed ? afterPaint(() => undefined).then(() => (isEnded ? undefined : load(place.url))) : undefined;
  const loaded = soon?.then((edge) => {
    if (isEnded) edge?.end();
    else now = edge;
    return now;
  });
  return {
    get now() {
      return now;
    },
    observe: (options) => (change) => {
      let stop: (() => void) | undefined;
      let isStopped = false;
      change(0);
      loaded?.then((edge) => {
        if (!isStopped) stop = edge?.observe(options)(change);
      });
      return () => {
        isStopped = true;
        stop?.();
      };
    },
    end() {
      isEnded = true;
      now?.end();
    }
  };
}
