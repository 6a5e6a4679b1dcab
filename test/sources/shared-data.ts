import {describe} from "vitest";
import {hasShared, sharedPath} from "../shared-data.js";

/** Where the shared reference data lies. */
export const sharedData = sharedPath("");

/** Tests on real data; where it is absent they are skipped, and say so. */
export function describeWithData(name: string, folder: string, tests: () => void): void {
  describe.skipIf(!hasShared(folder))(name, tests);
}
