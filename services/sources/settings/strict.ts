import {z} from "zod";

/**
 * A mapping with just these keys. Its message for unknown keys is the list of known ones, from which
 * `toProblems` makes a suggestion.
 */
export function strict<Shape extends z.ZodRawShape>(shape: Shape, error = "must be a mapping of keys to values") {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {error: ({code}) => (code === "unrecognized_keys" ? known : error)});
}
