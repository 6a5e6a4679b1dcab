import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {parseServerMessage} from "../../components/live/parse-server-message.js";
import {PROTOCOL_VERSION} from "../../services/domain/wire.js";
import {CLOSE_FULL, CLOSE_UNAUTHORIZED} from "../../services/sidecar/clients/door.js";
import {CLOSE_TOO_SLOW} from "../../services/sidecar/clients/outbox.js";
import {parseMessage} from "../../services/sidecar/clients/parse-message.js";
import {CLOSE_TOO_MANY_ERRORS} from "../../services/sidecar/clients/session.js";
import {defaultLimits} from "../../services/sidecar/limits.js";

const text = readFileSync("docs/protocol.md", "utf8");
const rows = [...text.matchAll(/^\| `?([\w-]+)`? \| (.+?) \|/gm)].map(([, name, cell]) => [name!, cell!] as const);
const blocks = [...text.matchAll(/^```json( client)?\n([\s\S]*?)^```/gm)];

describe("docs/protocol.md", () => {
  it("gives every limit with its default", () => {
    const stated = rows
      .filter(([name]) => Object.hasOwn(defaultLimits, name))
      .map(([name, value]) => [name, Number(value)]);
    expect(Object.fromEntries(stated)).toEqual(defaultLimits);
  });

  it("gives the version and the close codes", () => {
    expect(text).toContain(`the version is **${PROTOCOL_VERSION}**`);
    const codes = rows.filter(([name]) => /^\d{4}$/.test(name)).map(([name]) => Number(name));
    expect(codes).toEqual([
      ...[1001, 1009, CLOSE_FULL, CLOSE_UNAUTHORIZED, CLOSE_TOO_MANY_ERRORS],
      ...[CLOSE_TOO_SLOW, 1006]
    ]);
  });

  it("shows only messages that either side would take", () => {
    expect(blocks.length).toBeGreaterThan(4);
    for (const [, client, lines] of blocks) {
      for (const line of lines!.trim().split("\n")) {
        if (client) expect(() => parseMessage(line)).not.toThrow();
        else expect(() => parseServerMessage(line)).not.toThrow();
      }
    }
  });
});
