import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {writeDefinitions} from "../../services/site/definitions.js";

it("docs/definitions.md says what the code says: npm run docs", () => {
  expect(readFileSync("docs/definitions.md", "utf8")).toBe(writeDefinitions());
});
