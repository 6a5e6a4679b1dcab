import {expect} from "vitest";
import {panelText} from "./panel-text.js";

/** A panel in each of its states; the ways to draw it, by the state's name. */
export interface PanelStates {
  /** The file below `test/output/panels`. */
  readonly name: string;
  readonly states: Readonly<Record<string, () => Node>>;
}

/** Compares what a panel says in each state with its file; `npx vitest run test/components/panels -u` writes it anew. */
export async function matchesStates({name, states}: PanelStates): Promise<void> {
  const texts = Object.entries(states).map(([state, draw]) => `=== ${state}\n${panelText(draw())}`);
  for (const text of texts) expect(text, name).not.toMatch(/NaN|undefined|Infinity|\[object/);
  await expect(texts.join("\n")).toMatchFileSnapshot(`../../output/panels/${name}.txt`);
}
