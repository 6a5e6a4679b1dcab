/** What one command of `npm run` does, and its own help. */
export interface Command {
  /** `undefined` where the program behind it answers `--help` itself. */
  readonly help?: string;
  /** @returns the exit code */
  run(args: readonly string[]): Promise<number>;
}
