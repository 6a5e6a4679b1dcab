import type {Dataset} from "../domain/dataset.js";

/** What a file says of itself: its entry in the catalogue, but for what only the finished bytes can tell. */
export type Lineage = Omit<Dataset, "sha256" | "bytes">;
