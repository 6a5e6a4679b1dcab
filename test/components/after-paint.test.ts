// @vitest-environment jsdom
import {expect, it} from "vitest";
import {afterPaint} from "../../components/parts/after-paint.js";

it("computes later, and hands over the answer or the failure", async () => {
  let computed = false;
  const answer = afterPaint(() => {
    computed = true;
    return 42;
  });
  expect(computed).toBe(false);
  expect(await answer).toBe(42);
  const failing = afterPaint(() => {
    throw new RangeError("invalid window: 0");
  });
  await expect(failing).rejects.toThrow("invalid window: 0");
});
