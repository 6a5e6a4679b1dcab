import type {ProcessGroup} from "./processes.js";
import {programs} from "./programs.js";

const isWorthSaying = /error|warning|failed|unable|missing|invalid/i;

/** Starts Framework's preview in a group; of what it prints only complaints are shown. @returns its address */
export async function startPreview(
  group: ProcessGroup,
  port: number,
  env: Readonly<Record<string, string>>
): Promise<string> {
  const command = [...programs.framework, "preview", "--no-open", "--host", "127.0.0.1", "--port", String(port)];
  const line = await group.start("site", command, {
    env,
    ready: (text) => text.includes("http://127.0.0.1:"),
    onLine: (text) => {
      if (isWorthSaying.test(text)) console.log(`site     ${text}`);
    }
  });
  return /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0] ?? `http://127.0.0.1:${port}/`;
}
