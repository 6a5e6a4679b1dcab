import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {systemEffects} from "../../services/sidecar/effects.js";
import {openEngine} from "../../services/sidecar/engine.js";
import {defaultLimits as limits} from "../../services/sidecar/limits.js";
import {parseSettings} from "../../services/sources/settings/load-settings.js";
import {roundTheClock} from "./tape.js";

const settings = parseSettings(
  `sources: {bridge: {kind: mt5-bridge, url: "http://127.0.0.1:9", clock: {zone: UTC, offsetHours: 0}}}
instruments:
  - {id: X:A, name: A, source: bridge, assetClass: crypto, currency: USD, tickSize: 0.01, calendar: crypto, live: true, timeframes: {1m: all}}`,
  "settings.yaml",
  {crypto: roundTheClock}
);

it.each([true, false])("openEngine tells of snapshots where they are taken, with no database: %s", async (isTaken) => {
  const root = mkdtempSync(join(tmpdir(), "engine-"));
  const options = {settings, boot: "boot-1", limits, environment: () => ({}), journalFolder: join(root, "journal")};
  const engine = await openEngine({...options, snapshotFolder: isTaken ? root : undefined}, systemEffects());
  const told = new Promise<object>((resolve) => {
    engine.hub.listenAll(([outgoing]) => outgoing?.event.type === "status" && resolve(outgoing.event));
  });
  const snapshots = isTaken ? {takenTime: null, failures: 0, lastError: null} : undefined;
  for (const each of [engine.health(), await told]) {
    expect(each).not.toHaveProperty("store");
    expect((each as {snapshots?: object}).snapshots).toEqual(snapshots);
  }
  await engine.stop();
  rmSync(root, {recursive: true, force: true});
});
