const statement = /const (\[[^=]*?\]|\{[^=]*?\}|[\w$]+) = await (?:Promise\.all\(\[(.*?)\]\)|(import\("[^"]*"\)))/gs;
const anyImport = /import\("([^"]*)"\)/g;

/**
 * What a page's cells take of each module that they import, by the module's specifier, as Framework writes cells:
 * `const [{a}, {b: c}] = await Promise.all([import("./x.js"), import("./y.js")])`.
 *
 * @returns names in order; `undefined` for a module of which anything may be used
 */
export function namesUsed(html: string): Map<string, readonly string[] | undefined> {
  const used = new Map<string, Set<string> | undefined>();
  const counted = (text: string) => [...text.matchAll(anyImport)].map(([, specifier = ""]) => specifier);
  const rest = counted(html);
  for (const [, pattern = "", several, one = ""] of html.matchAll(statement)) {
    const specifiers = counted(several ?? one);
    const parts =
      several === undefined ? [pattern] : [...pattern.slice(1, -1).matchAll(/\{[^}]*\}|[\w$]+/g)].map(String);
    for (const [i, specifier] of specifiers.entries()) {
      rest.splice(rest.indexOf(specifier), 1);
      const names = namesIn(parts[i] ?? "");
      const before = used.has(specifier) ? used.get(specifier) : new Set<string>();
      used.set(specifier, names && before && new Set([...before, ...names]));
    }
  }
  for (const specifier of rest) used.set(specifier, undefined); // imported in some other way
  return new Map([...used].map(([specifier, names]) => [specifier, names && [...names].sort()]));
}

/** The names of a pattern: `{a, b: c}` takes a and b; anything else may take all. */
function namesIn(pattern: string): string[] | undefined {
  const [, inside] = /^\{([^{}[\]=.]*)\}$/.exec(pattern.trim()) ?? [];
  return inside
    ?.split(",")
    .map((part) => part.split(":")[0]!.trim())
    .filter((name) => name !== "");
}
