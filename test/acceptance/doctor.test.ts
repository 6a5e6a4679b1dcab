import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import type {Finding} from "../../loaders/shared/doctor/finding.js";
import {runProgram} from "../loaders/run-program.js";

const folder = mkdtempSync(join(tmpdir(), "tapebook-doctor-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const secret = "plain-secret-4711";
const broken = `
sources:
  a: {kind: mt5-bridge, url: "http://x", token: ${secret}, clock: {zone: America/New_Yrk, offsetHours: 7}}
  b: {kind: ftp}
instruments: [{id: EURUSD, source: c, name: E, assetClass: fx, currency: USD, tickSize: 0.1, calendar: fx, timeframes: {1m: 0}}]
`;
const unset = ["MT5_API_URL", "MT5_BRIDGE_TOKEN", "MT5_B_API_URL", "MT5_B_BRIDGE_TOKEN", "KITE_API_KEY"];
const without = Object.fromEntries([...unset, "KITE_ACCESS_TOKEN", "DATABASE_URL"].map((name) => [name, ""]));

function doctor(settings: string) {
  const args = ["--settings", settings, "--data-dir", join(folder, "none"), "--json"];
  const {status, stdout, stderr} = runProgram("doctor", args, {...without, SIDECAR_URL: "ws://127.0.0.1:9"});
  expect(stderr).toBe("");
  const findings = JSON.parse(stdout) as Finding[];
  const errors = findings.filter(({severity}) => severity === "error");
  // each in plain words, and with what to do
  for (const {what, remedy} of errors) {
    expect([what, remedy ?? ""]).toEqual([what, expect.stringMatching(/\w{3}/)]);
    expect(what).not.toMatch(/\n\s+at |undefined|\[object/);
  }
  return {status, stdout, errors: errors.map(({what}) => what), findings};
}

describe("the doctor, where there is little to examine", () => {
  it("no settings: says where to begin", () => {
    const {status, errors, findings} = doctor(join(folder, "absent.yaml"));
    expect(status).toBe(2);
    expect(errors).toEqual([expect.stringMatching(/absent\.yaml: found no file that can be read/)]);
    expect(findings[0]!.remedy).toMatch(/copy data\/settings\.example\.yaml there/);
  });

  it("broken settings: every fault with its line and key, and no secret", () => {
    const path = join(folder, "broken.yaml");
    writeFileSync(path, broken);
    const {status, errors, stdout} = doctor(path);
    expect(status).toBe(2);
    expect(stdout).not.toContain(secret);
    for (const key of ["sources.a.token", "sources.a.clock.zone", "sources.b.kind", "instruments[0].id"])
      expect(errors.join("\n")).toMatch(
        new RegExp(`broken\\.yaml:[345]: ${key.replaceAll("[", "\\[").replaceAll(".", "\\.")}: found`)
      );
    expect(errors.join("\n")).toMatch(/instruments\[0\]\.timeframes\.1m: found/);
  });

  it("no credentials: each variable by name; the bars that are not taken, with what to run", () => {
    const {status, errors, findings} = doctor("data/demo.yaml");
    expect(status).toBe(2);
    for (const name of ["MT5_BRIDGE_TOKEN", "MT5_B_", "KITE_API_KEY", "DATABASE_URL"])
      expect(errors.some((what) => what.includes(`found no environment variable ${name}`) || what.includes(name))).toBe(
        true
      );
    expect(findings.find(({what}) => what.startsWith("not yet taken"))?.remedy).toBe("run: npm run snapshot");
  });
});
