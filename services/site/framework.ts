import type {Node as AcornNode} from "acorn";

/** What this project uses of Framework's own modules; they have no types and no exports map. */
export interface PageCell {
  readonly mode: "block" | "inline" | "jsx";
  readonly node: {
    readonly input: string;
    readonly expression: boolean;
    readonly declarations: readonly {readonly name: string}[] | null;
    readonly body: AcornNode;
  };
}

/** A page as Framework reads it: its HTML, its title, and its cells in their order. */
export interface ParsedPage {
  readonly body: string;
  readonly title: string | null;
  readonly code: readonly PageCell[];
}

/** Framework's configuration, made whole: the source root, and every page's path. */
export interface FrameworkConfig {
  readonly root: string;
  paths(): AsyncGenerator<string>;
}

interface FrameworkModules {
  readonly normalizeConfig: (spec: object, root?: string) => FrameworkConfig;
  readonly parseMarkdown: (source: string, options: object) => ParsedPage;
}

/** Framework's own configuration and page parser, so that cells are cut where the build cuts them. */
export async function importFramework(): Promise<FrameworkModules> {
  const dist = new URL("../../node_modules/@observablehq/framework/dist/", import.meta.url);
  const [config, markdown] = await Promise.all([
    import(new URL("config.js", dist).href),
    import(new URL("markdown.js", dist).href)
  ]);
  return {normalizeConfig: config.normalizeConfig, parseMarkdown: markdown.parseMarkdown};
}
