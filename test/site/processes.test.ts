import {expect, it} from "vitest";
import {findFreePort} from "../../services/site/ports.js";
import {createProcessGroup} from "../../services/site/processes.js";

const node = (code: string) => [process.execPath, "-e", code];
const printsPid = "console.log('up ' + process.pid); setInterval(() => {}, 1000);";
const isUp = (line: string) => line.startsWith("up ");
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it("waits for the line that says a process is up, and stops it", async () => {
  const group = createProcessGroup();
  const pid = Number((await group.start("one", node(printsPid), {ready: isUp})).slice(3));
  expect(isAlive(pid)).toBe(true);
  await group.stop();
  expect(isAlive(pid)).toBe(false);
});

it("kills a process that will not end when asked", async () => {
  const group = createProcessGroup({patienceMs: 200});
  const stubborn = node(`process.on('SIGTERM', () => {}); ${printsPid}`);
  const pid = Number((await group.start("stubborn", stubborn, {ready: isUp})).slice(3));
  await group.stop();
  expect(isAlive(pid)).toBe(false);
});

it("rejects when a process ends before it is up, and names it", async () => {
  const group = createProcessGroup();
  const options = {ready: isUp, onLine: () => undefined};
  await expect(group.start("broken", node("process.exit(3)"), options)).rejects.toThrow(
    "broken ended before it was ready: exit code 3"
  );
  await group.stop();
});

it("says which process ended by itself", async () => {
  const group = createProcessGroup();
  await group.start("brief", node("console.log('up 1'); setTimeout(() => process.exit(7), 50)"), {ready: isUp});
  expect(await group.ended).toEqual({name: "brief", code: 7});
});

it("finds another port when the preferred one is taken", async () => {
  const {createServer} = await import("node:net");
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const {port} = taken.address() as {port: number};
  expect(await findFreePort(port)).not.toBe(port);
  taken.close();
});
