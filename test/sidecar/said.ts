import {checkSidecar} from "../../loaders/shared/doctor/check-sidecar.js";
import type {StatusEvent, TopicEvent} from "../../services/domain/wire.js";
import type {SocketClient} from "./socket-client.js";

/** What a sidecar says of itself besides `/healthz`, each in its own way. */
export interface Said {
  /** Figures of `/metrics`, by name and labels as they stand there. */
  readonly figures: Readonly<Record<string, number>>;
  /** The newest status that a client was told. */
  readonly status: StatusEvent | undefined;
  /** The doctor's words, a finding a line, its severity first. */
  readonly doctor: string;
}

/** Asks a running sidecar for its figures, its status as *client* has heard it, and the doctor for its words. */
export async function said(url: string, client: SocketClient): Promise<Said> {
  const address = url.replace("ws:", "http:");
  const lines = (await (await fetch(`${address}/metrics`)).text()).split("\n");
  const findings = await checkSidecar({SIDECAR_HEALTH_URL: `${address}/healthz`});
  return {
    figures: Object.fromEntries(lines.flatMap((line) => (line.startsWith("tapebook_") ? [figureOf(line)] : []))),
    status: statusOf(client),
    doctor: findings.map(({severity, what, remedy = ""}) => `${severity}: ${what} ${remedy}`).join("\n")
  };
}

function figureOf(line: string): [string, number] {
  const end = line.lastIndexOf(" ");
  return [line.slice(0, end), Number(line.slice(end + 1))];
}

function statusOf({messages}: SocketClient): StatusEvent | undefined {
  const events = messages.flatMap((message): readonly TopicEvent[] => {
    if (message.type === "batch" || message.type === "replay") return message.events;
    return message.type === "status" ? [message] : [];
  });
  return events.findLast((event) => event.type === "status");
}
