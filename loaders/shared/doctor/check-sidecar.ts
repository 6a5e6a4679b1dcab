import {describeFeed, parseFeeds} from "./describe-feed.js";
import {describeSnapshots, describeStore} from "./describe-store.js";
import type {Finding} from "./finding.js";
import {healthAddress} from "./health-address.js";

const patienceMs = 3_000;
const area = "sidecar";

/** Whether the sidecar runs, and how its feeds, its store and its snapshots stand. That it does not run is no fault by itself. */
export async function checkSidecar(env: NodeJS.ProcessEnv, fetcher: typeof fetch = fetch): Promise<Finding[]> {
  const address = healthAddress(env);
  if (address === undefined) {
    const what = "SIDECAR_HEALTH_URL is no address";
    return [{area, severity: "warning", what, remedy: "set it as in http://127.0.0.1:8765/healthz"}];
  }
  try {
    const token = env["SIDECAR_TOKEN"];
    const headers = token ? {authorization: `Bearer ${token}`} : {};
    // Not to where the answer may send it: a login in front of the sidecar would be told the token.
    const reply = await fetcher(address, {headers, redirect: "manual", signal: AbortSignal.timeout(patienceMs)});
    const body: unknown = reply.ok ? await reply.json() : undefined;
    const feeds = parseFeeds(body);
    if (feeds === undefined && isTerse(body)) return [terseFinding(body, token)];
    if (feeds === undefined)
      return [
        {
          area,
          severity: "warning",
          what: `what answers at ${address} is no sidecar (status ${reply.status})`,
          remedy: "set SIDECAR_HEALTH_URL to where its /healthz is reached"
        }
      ];
    const none: Finding = {area, severity: "note", what: "it runs, with no feed"};
    return [
      ...(feeds.length === 0 ? [none] : feeds.map(describeFeed)),
      ...describeStore(body),
      ...describeSnapshots(body)
    ];
  } catch {
    return [
      {
        area,
        severity: "note",
        what: `none answers at ${address}: the Live page has no ticks`,
        remedy: "npm start runs it with all else; npm run sidecar alone; SIDECAR_HEALTH_URL says where another is"
      }
    ];
  }
}

interface TerseHealth {
  readonly status: "ok" | "degraded";
}

/** What a sidecar with a token says of its health to those who do not bear it. */
function isTerse(body: unknown): body is TerseHealth {
  const status = (body as Partial<TerseHealth> | undefined)?.status;
  return status === "ok" || status === "degraded";
}

function terseFinding({status}: TerseHealth, token: string | undefined): Finding {
  const severity = status === "ok" && !token ? "note" : "warning";
  const what = `it runs, is ${status === "ok" ? "well" : "not well"}, and says no more without its token`;
  return {area, severity, what, remedy: token ? "SIDECAR_TOKEN is not the sidecar's" : "set SIDECAR_TOKEN"};
}
