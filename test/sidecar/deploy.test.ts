import {spawn, spawnSync} from "node:child_process";
import {once} from "node:events";
import {chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, normalize} from "node:path";
import {createInterface} from "node:readline";
import {build} from "vite";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {parse} from "yaml";
import {liveSettings} from "./live-venues.js";

const folder = "services/sidecar/deploy";
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const known = new Set(
  [...readFileSync(".env.example", "utf8").matchAll(/^# ?([A-Z0-9_]+)=/gm)].map(([, name]) => name!)
);
/** What others make before a deployment: `npm run bundle`, `npm run build`, and the settings of one's own. */
const made = ["build/services/sidecar.mjs", "dist", "data/settings.yaml"];
const isThere = (path: string) => made.includes(path) || existsSync(path);

interface Service {
  readonly image?: string;
  readonly build?: {readonly context: string; readonly dockerfile: string};
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: object;
  readonly networks: Readonly<Record<string, {readonly internal?: boolean}>>;
}

describe("compose.yaml", () => {
  const compose = parse(read("compose.yaml")) as Compose;
  const services = Object.entries(compose.services);

  it("names variables that .env.example names, and gives none a secret of its own", () => {
    const text = read("compose.yaml");
    const named = [...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name!);
    const set = services.flatMap(([name, {environment}]) =>
      name === "database" ? [] : Object.keys(environment ?? {})
    );
    expect([...named, ...set].filter((name) => !known.has(name))).toEqual([]);
    const secrets = services.flatMap(([, {environment}]) =>
      Object.entries(environment ?? {}).filter(([name]) => /TOKEN|PASSWORD|SECRET|KEY/.test(name))
    );
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{[A-Z0-9_]+(:[-?][^}]*)?\}$/);
  });

  it("mounts what is there or is made, and volumes and networks that it declares", () => {
    for (const [, {volumes = [], networks = []}] of services) {
      for (const volume of volumes) {
        const [from = ""] = volume.split(":");
        if (from.startsWith(".")) expect([from, isThere(normalize(join(folder, from)))]).toEqual([from, true]);
        else expect(compose.volumes).toHaveProperty(from);
      }
      for (const network of networks) expect(compose.networks).toHaveProperty(network);
    }
  });

  it("shows the web server to the world and nothing else, and pins its images", () => {
    const shown = services.filter(([, {ports = []}]) => ports.some((port) => !port.startsWith("127.0.0.1:")));
    expect(shown.map(([name]) => name)).toEqual(["web"]);
    expect(compose.services["database"]!.networks).toEqual(["inside"]);
    expect(compose.networks["inside"]!.internal).toBe(true);
    for (const [, {image}] of services) if (image) expect(image).toMatch(/:\d+\.\d+/);
  });

  it("keeps journal and snapshots of the sidecar on volumes that its user may write to", () => {
    const {environment, volumes} = compose.services["sidecar"]!;
    expect(volumes).toContain(`snapshots:${environment!["SIDECAR_SNAPSHOTS"]}`);
    const [made = ""] = /RUN install -d -o node .*/.exec(read("Dockerfile")) ?? [];
    for (const folder of ["journal", "snapshots"]) expect(made).toContain(` /var/lib/tapebook/${folder}`);
  });

  it("lets the doctor ask on this machine, where .env.example says", () => {
    const [example = ""] = /SIDECAR_HEALTH_URL=.*/.exec(readFileSync(".env.example", "utf8")) ?? [];
    const {port, hostname} = new URL(example.slice("SIDECAR_HEALTH_URL=".length));
    expect(compose.services["sidecar"]!.ports).toEqual([`${hostname}:${port}:8765`]);
  });

  it("builds the sidecar from a file that is there", () => {
    const {context, dockerfile} = compose.services["sidecar"]!.build!;
    expect(normalize(join(folder, context, dockerfile))).toBe(join(folder, "Dockerfile"));
    expect(normalize(join(folder, context))).toBe(".");
  });
});

describe("Caddyfile", () => {
  it("names variables that the web server is given, and asks everyone who they are", () => {
    const text = read("Caddyfile");
    const {environment} = (parse(read("compose.yaml")) as Compose).services["web"]!;
    const named = [...text.matchAll(/\{\$([A-Z0-9_]+)\}/g)].map(([, name]) => name!);
    expect([...new Set(named)].filter((name) => !Object.hasOwn(environment!, name))).toEqual([]);
    expect(text.split("{").length).toBe(text.split("}").length);
    expect(text.indexOf("basic_auth")).toBeLessThan(text.indexOf("handle"));
    expect(text).toContain('header_up Authorization "Bearer {$SIDECAR_TOKEN}"');
  });
});

describe("Dockerfile", () => {
  const lines = read("Dockerfile").replaceAll("\\\n", " ").split("\n");
  const all = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const root = mkdtempSync(join(tmpdir(), "sidecar-image-"));
  const home = join(root, "srv");
  const [health = ""] = all("HEALTHCHECK");
  const healthCommand = JSON.parse(health.slice(health.indexOf("CMD ") + 4)) as string[];
  const asNobody = process.getuid?.() === 0 ? {uid: 65_534, gid: 65_534} : {};

  beforeAll(async () => {
    await build({
      configFile: "vite.config.ts",
      logLevel: "silent",
      build: {outDir: join(root, "build/services"), emptyOutDir: false}
    });
    for (const copy of all("COPY")) {
      const [from = "", to = ""] = copy.split(" ");
      const source = existsSync(join(root, from)) ? join(root, from) : from;
      const target = to === "./" ? join(home, from.slice(dirname(from).length)) : join(home, to);
      mkdirSync(dirname(target), {recursive: true});
      cpSync(source, target, {recursive: true});
    }
    writeFileSync(join(root, "settings.yaml"), liveSettings.replaceAll("{env: MT5_API_URL}", '"http://127.0.0.1:9"'));
    for (const path of [root, home]) chmodSync(path, 0o555);
  }, 60_000);
  afterAll(() => {
    for (const path of [root, home]) chmodSync(path, 0o755); // only root may empty a folder that is not written to
    rmSync(root, {recursive: true, force: true});
  });

  it("copies what is there or is made, past what is left out", () => {
    const ignored = read("Dockerfile.dockerignore").split("\n");
    for (const copy of all("COPY")) {
      const [from = ""] = copy.split(" ");
      expect([from, isThere(from.replace(/\/$/, ""))]).toEqual([from, true]);
      expect(ignored.some((line) => line.startsWith("!") && line.slice(1).startsWith(from))).toBe(true);
    }
  });

  it("names variables that .env.example names", () => {
    const names = all("ENV").flatMap((line) => [...line.matchAll(/([A-Z0-9_]+)=/g)].map(([, name]) => name!));
    expect(names.filter((name) => name !== "NODE_ENV" && !known.has(name))).toEqual([]);
  });

  it("runs as a user without rights, in a folder it cannot write to, healthy while it lives", async () => {
    expect(all("USER")).toEqual(["node"]);
    const [, file = ""] = JSON.parse(all("CMD")[0]!) as string[];
    const env = {
      PATH: process.env["PATH"] ?? "",
      ...{SIDECAR_HOST: "0.0.0.0", SIDECAR_PORT: "0", SIDECAR_TOKEN: "a-token-long-enough", SIDECAR_LOG: "silent"},
      ...{TAPEBOOK_SETTINGS: join(root, "settings.yaml"), MT5_BRIDGE_TOKEN: "bridge"},
      ...{
        KITE_API_URL: "http://127.0.0.1:9",
        KITE_WS_URL: "ws://127.0.0.1:9",
        KITE_API_KEY: "k",
        KITE_ACCESS_TOKEN: "a"
      }
    };
    const child = spawn(process.execPath, [file], {cwd: home, env, stdio: ["ignore", "pipe", "inherit"], ...asNobody});
    const ended = once(child, "exit");
    const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
    const {port} = new URL((JSON.parse(String(line)) as {url: string}).url);
    const [, ...args] = healthCommand;
    const health = () => spawnSync(process.execPath, args, {env: {...env, SIDECAR_PORT: port}, ...asNobody}).status;
    expect(health()).toBe(0);
    child.kill("SIGTERM");
    expect((await ended)[0]).toBe(0);
    expect(health()).toBe(1);
  }, 60_000);
});
