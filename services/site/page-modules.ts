import {readFileSync} from "node:fs";
import {join} from "node:path";
import {transformSync} from "esbuild";
import {importFramework, type PageCell, type ParsedPage} from "./framework.js";
import {pageFiles} from "./page-files.js";
import {pagePrelude} from "./page-prelude.js";

/** A page's code as one TypeScript file. */
export interface PageModule {
  /** Where it is written. */
  readonly path: string;
  /** The page it is from. */
  readonly source: string;
  /** Nothing where the page has no cell. */
  readonly code: string;
  /** Cells that Framework itself could not parse. */
  readonly faults: readonly string[];
}

const importStatement = /^import\s[^;]*;[ \t]*$/gm;

/** Every page's Markdown, by its path below the source root. */
export async function pageTexts(): Promise<Map<string, string>> {
  const {root} = await siteConfig();
  return new Map(pageFiles(root).map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

/**
 * Pages as TypeScript: every cell an async function, what it declares a constant of the type that the runtime would
 * unwrap from it, its imports at the top.
 */
export async function writePageModules(texts: ReadonlyMap<string, string>, folder: string): Promise<PageModule[]> {
  const {normalizeConfig, parseMarkdown} = await importFramework();
  const config = await siteConfig();
  const normal = normalizeConfig(config, config.root);
  return [...texts].map(([file, text]) => {
    const names = [...file.matchAll(/\[(\w+)\]/g)].map(([, name]) => [name, "x"]);
    const params = names.length > 0 ? Object.fromEntries(names) : undefined;
    const page = parseMarkdown(text, {...normal, path: `/${file.slice(0, -3)}`, params});
    const path = join(folder, file.replace(/\.md$/, ".ts"));
    const code = page.code.length === 0 ? "" : moduleOf(page, text);
    return {path, source: join(config.root, file), code, faults: faultsOf(page)};
  });
}

async function siteConfig() {
  const {default: config} = await import("../../observablehq.config.js"); // not above: it has effects
  return config;
}

function faultsOf({body}: ParsedPage): string[] {
  return [...body.matchAll(/SyntaxError: [^<]*/g)].map(([fault]) => fault);
}

function moduleOf(page: ParsedPage, text: string): string {
  const originals = typescriptBlocks(text);
  const imports: string[] = [];
  const cells = page.code.map((cell, i) => {
    const code = (originals.get(cell.node.input.trim()) ?? cell.node.input).replace(importStatement, (statement) => {
      imports.push(statement);
      return "";
    });
    return cellOf(cell, code, i, imports.join("\n"));
  });
  const declared = new Set(page.code.flatMap(({node}) => (node.declarations ?? []).map(({name}) => name)));
  const isOwn = (name: string) => declared.has(name) || isImported(name, imports.join("\n"));
  return [imports.join("\n"), pagePrelude(isOwn), ...cells, "export {};", ""].join("\n");
}

/** The TypeScript of ```ts blocks by the JavaScript that Framework makes of them. */
function typescriptBlocks(text: string): Map<string, string> {
  const options = {loader: "ts", tsconfigRaw: '{"compilerOptions": {"verbatimModuleSyntax": true}}'} as const;
  const blocks = [...text.matchAll(/^```ts\b[^\n]*\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code);
  return new Map(blocks.map((code) => [transformSync(code, options).code.trim(), code]));
}

function cellOf({node}: PageCell, code: string, i: number, imports: string): string {
  if (node.expression) return `async function cell${i}() { return (\n${code}\n); }`;
  const names = (node.declarations ?? []).map(({name}) => name).filter((name) => !isImported(name, imports));
  const outputs = names.map((name) => `declare const ${name}: Output<typeof cell${i}, "${name}">;`);
  return [`async function cell${i}() {\n${code}\nreturn {${names.join(", ")}};\n}`, ...outputs].join("\n");
}

function isImported(name: string, imports: string): boolean {
  return new RegExp(`\\b${name.replaceAll("$", "\\$")}\\b`).test(imports.replace(/from\s*["'][^"']*["']/g, ""));
}
