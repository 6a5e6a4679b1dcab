// @vitest-environment jsdom
import {setFlagsFromString} from "node:v8";
import {runInNewContext} from "node:vm";
import {expect, it, vi} from "vitest";
import {addressQuery} from "../../components/inputs/address-query.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const goBack = () => window.dispatchEvent(new PopStateEvent("popstate"));

it("tells of a step back for as long as the owner is held, and keeps hold of neither", async () => {
  const calls: string[] = [];
  const owner = document.createElement("p");
  addressQuery.listen!(() => calls.push(`held ${owner.tagName}`), owner);
  const left = new WeakRef(listenAndLeave(() => calls.push("left")));
  goBack();
  expect(calls).toEqual(["held P", "left"]);

  await new Promise((resolve) => setTimeout(resolve)); // what was dereferenced is held until the turn ends
  collectGarbage();
  expect(left.deref()).toBeUndefined();
  const removed = vi.spyOn(window, "removeEventListener");
  goBack();
  goBack();
  expect(calls.slice(2)).toEqual(["held P", "held P"]);
  expect(removed).toHaveBeenCalledTimes(1);
});

/** Listens for an owner that nobody holds afterwards, and that the listener itself refers to. */
function listenAndLeave(act: () => void): object {
  const owner = {};
  addressQuery.listen!(() => void (owner && act()), owner);
  return owner;
}
