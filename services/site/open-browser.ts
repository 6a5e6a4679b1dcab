import {spawn} from "node:child_process";

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
  linux: ["xdg-open"]
};

/** Opens an address in the person's browser where there is a screen; says nothing where there is none. */
export function openBrowser(address: string, env: NodeJS.ProcessEnv = process.env): void {
  const hasScreen =
    process.platform !== "linux" || env["DISPLAY"] !== undefined || env["WAYLAND_DISPLAY"] !== undefined;
  const [command, ...args] = openers[process.platform] ?? [];
  if (command === undefined || !hasScreen || env["CI"] !== undefined) return;
  spawn(command, [...args, address], {stdio: "ignore", detached: true})
    .on("error", () => undefined)
    .unref();
}
