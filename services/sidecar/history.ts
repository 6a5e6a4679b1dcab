import {SourceError} from "../domain/source-error.js";
import type {BarSource} from "../sources/bar-source.js";
import type {OpenedSource} from "../sources/open-source.js";

/** A source's history that is opened when it is first asked. */
export interface History extends BarSource {
  close(): Promise<void>;
}

/**
 * A history that takes fresh keys after the source has refused the old: a token dies every morning, and the sidecar
 * lives on.
 *
 * @param open opens the source, reading its keys
 * @throws {RangeError} from `bars` if the source has none
 */
export function createHistory(name: string, open: () => OpenedSource): History {
  let opened: OpenedSource | undefined;
  const close = async () => {
    const closing = opened;
    opened = undefined;
    await closing?.close();
  };
  return {
    async bars(request, signal) {
      opened ??= open();
      const {bars} = opened;
      if (!bars) throw new RangeError(`source ${name} has no bars`);
      try {
        return await bars.bars(request, signal);
      } catch (error) {
        if (error instanceof SourceError && error.code === "SOURCE_UNAUTHORIZED") await close();
        throw error;
      }
    },
    close
  };
}
