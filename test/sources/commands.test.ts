import {spawn} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {startPostgres} from "../../services/demo/postgres.js";
import {withVariable} from "../../services/sources/kite/env-file.js";
import {openSource} from "../../services/sources/open-source.js";
import {startVenues} from "./venues.js";

const dir = mkdtempSync(join(tmpdir(), "tapebook-commands-"));
afterAll(() => rmSync(dir, {recursive: true, force: true}));

function run(file: string, args: readonly string[], env: Record<string, string>) {
  return new Promise<{code: number | null; out: string; err: string}>((resolve) => {
    const child = spawn(process.execPath, ["services/site/run-ts.js", file, "--settings", "data/demo.yaml", ...args], {
      env: {PATH: process.env["PATH"]!, ...env}
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.on("close", (code) => resolve({code, out, err}));
  });
}

const login = "services/sources/kite/login-main.ts";

describe("login", () => {
  it("exchanges a request token for one that opens Kite, and refuses a stale one", async () => {
    const now = Date.UTC(2026, 10, 18, 5, 30);
    const venues = await startVenues({now: () => now});
    try {
      const env = venues.env as Record<string, string>;
      const {code, out} = await run(login, ["--request-token", "a-request-token"], env);
      expect([code, out]).toEqual([0, expect.stringMatching(/^KITE_ACCESS_TOKEN=\w{20,}\n$/)]);
      const state = (token: string) =>
        openSource("kite", venues.settings, {
          ...venues.effects,
          env: {...env, KITE_ACCESS_TOKEN: token}
        }).account!.state();
      await expect(state(out.trim().split("=")[1]!)).resolves.toMatchObject({currency: "INR"});
      await expect(state(env["KITE_ACCESS_TOKEN"]!)).rejects.toMatchObject({code: "SOURCE_UNAUTHORIZED"});
      expect(await run(login, ["--request-token", "stale"], env)).toMatchObject({
        code: 1,
        err: expect.stringMatching(/TokenException/)
      });
    } finally {
      await venues.close();
    }
  });

  it("says where to log in, and which variable is missing", async () => {
    expect(await run(login, [], {KITE_API_KEY: "abc"})).toMatchObject({
      code: 0,
      out: expect.stringMatching(/connect\/login\?v=3&api_key=abc/)
    });
    expect(await run(login, [], {})).toMatchObject({code: 1, err: expect.stringMatching(/set KITE_API_KEY/)});
    expect(await run(login, ["--request-token", "x"], {KITE_API_KEY: "abc"})).toMatchObject({
      code: 1,
      err: expect.stringMatching(/set KITE_API_SECRET/)
    });
  });
});

describe("migrate", () => {
  it("makes the schema, and says that it is there the second time", async () => {
    const server = await startPostgres({dir});
    try {
      const once = () => run("services/sources/postgres/migrate-main.ts", [], {DATABASE_URL: server.url});
      expect(await once()).toMatchObject({
        code: 0,
        out: "store: made analyzer_watermarks, detected_signals, ohlc_bars\n"
      });
      expect(await once()).toMatchObject({code: 0, out: "store: all tables are there\n"});
    } finally {
      await server.stop();
    }
  }, 60_000);
});

describe("a variable in .env", () => {
  it("takes the place of its line, commented out or not, and leaves the others", () => {
    expect(withVariable("A=1\nTOKEN=old\nB=2\n", "TOKEN", "new")).toBe("A=1\nTOKEN=new\nB=2\n");
    expect(withVariable("A=1\n# TOKEN=\n", "TOKEN", "new")).toBe("A=1\nTOKEN=new\n");
    expect(withVariable("A=1", "TOKEN", "new")).toBe("A=1\nTOKEN=new\n");
    expect(withVariable("", "TOKEN", "new")).toBe("TOKEN=new\n");
    expect(() => withVariable("", "TOKEN", "a\nB=2")).toThrow("not a plain value for TOKEN");
  });
});
