/** What Framework gives every cell without an import, and its type. */
const globals: Readonly<Record<string, string>> = {
  FileAttachment: 'typeof import("npm:@observablehq/stdlib").FileAttachment',
  Generators: 'typeof import("npm:@observablehq/stdlib").Generators',
  Mutable: 'typeof import("npm:@observablehq/stdlib").Mutable',
  resize: 'typeof import("npm:@observablehq/stdlib").resize',
  Plot: 'typeof import("@observablehq/plot")',
  aq: 'typeof import("arquero")',
  d3: 'typeof import("d3")',
  html: 'typeof import("htl").html',
  svg: 'typeof import("htl").svg',
  width: "number",
  dark: "boolean",
  now: "number",
  invalidation: "Promise<void>",
  observable: "{params: Record<string, string>}",
  display: "<T>(value: T) => T",
  view: "<T>(input: Element & {value: T}) => AsyncGenerator<T>",
  sql: "(strings: TemplateStringsArray, ...values: unknown[]) => Promise<Iterable<Record<string, unknown>>>"
};

/** What a name declared by one cell is in another: generators give their values, promises what they resolve to. */
const unwrapping = `
type Unwrapped<T> = T extends AsyncGenerator<infer U> ? U : T extends Generator<infer U> ? U
  : T extends {value: infer U} & AsyncIterable<unknown> ? U : Awaited<T>;
type Output<F extends (...a: never[]) => unknown, K extends string> =
  Awaited<ReturnType<F>> extends infer R ? K extends keyof R ? Unwrapped<R[K]> : never : never;`;

/** The declarations at the head of a page's module, less the names that the page declares or imports itself. */
export function pagePrelude(isOwn: (name: string) => boolean): string {
  const names = Object.entries(globals).filter(([name]) => !isOwn(name));
  return [unwrapping, ...names.map(([name, type]) => `declare const ${name}: ${type};`)].join("\n");
}
