/** The views of a database, each made when a statement first needs it. */
export interface Views<C> {
  /** Runs a statement with the views that it needs in place, made over its own connection. */
  around<T>(text: string, connection: C, run: () => Promise<T>): Promise<T>;
}

/** A name that the catalogue does not hold, as DuckDB says it: it would propose the views that are there. */
const isUnknownName = /^(?:Error: )?Catalog Error\b/;
/** Of several statements the first may have been done when a later one fails: they are not run twice. */
const isSeveral = /;\s*\S/;

/**
 * To make a view reads the end of its file, so that a statement waits only for those that it names. One that names none
 * may list them all, and one that asks for a name that is unknown is answered when all of them are there.
 *
 * @param names of all views
 * @param make makes one; never asked again for one that it made
 */
export function createViews<C>(
  names: readonly string[],
  make: (name: string, connection: C) => Promise<void>
): Views<C> {
  const made = new Map<string, Promise<void>>();
  const begin = (name: string, connection: C) => {
    const own = make(name, connection);
    made.set(name, own);
    own.catch(() => made.delete(name)); // a file that could not be reached is tried anew
  };
  const ensure = async (needed: readonly string[], connection: C) => {
    for (const name of needed) {
      if (!made.has(name)) begin(name, connection);
      await made.get(name);
    }
  };
  return {
    async around(text, connection, run) {
      await ensure(namedIn(text, names), connection);
      try {
        return await run();
      } catch (error) {
        const isUnknown = error instanceof Error && isUnknownName.test(error.message);
        if (!isUnknown || made.size === names.length || isSeveral.test(text)) throw error;
        await ensure(names, connection);
        return run();
      }
    }
  };
}

function namedIn(text: string, names: readonly string[]): readonly string[] {
  const lower = text.toLowerCase();
  const named = names.filter((name) => lower.includes(name.toLowerCase()));
  const isCatalogue = /\b(?:information_schema|show|describe|pragma\w*|duckdb_\w+|pg_\w+|sqlite_\w+)\b/.test(lower);
  return named.length === 0 || isCatalogue ? names : named;
}
