/** What a thrown value says: an error's message, else the value as text. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
