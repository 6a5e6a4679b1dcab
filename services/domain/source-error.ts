/** Why a source could not give what was asked; each has its paragraph in `docs/sources.md`. */
export type SourceErrorCode =
  | "SOURCE_UNAVAILABLE" // cannot be reached, or answers 5xx after retries
  | "SOURCE_UNAUTHORIZED" // token or login refused: a person must act
  | "SOURCE_REFUSED" // the venue understood and said no
  | "SOURCE_BAD_DATA" // it answered, but not in its own shape
  | "SOURCE_SHORT_RANGE" // it gave less than was asked without saying so
  | "SOURCE_CLOCK"; // times disagree with the stated clock rule

/** A source's failure: code, and a message that names the file, row, key or field. */
export class SourceError extends Error {
  readonly code: SourceErrorCode;

  constructor(code: SourceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SourceError";
    this.code = code;
  }
}
