/** Where the snapshots lie: `TAPEBOOK_DATA_DIR`, or `data/snapshots`. */
export function dataDir(env: NodeJS.ProcessEnv = process.env): string {
  return env["TAPEBOOK_DATA_DIR"] || "data/snapshots";
}
