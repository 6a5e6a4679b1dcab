import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {Page} from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds serious or critical on a page as it stands, one line a rule with the first places it broke. */
export function axeFaults(page: Page): Promise<string[]> {
  return runAxe(page, {});
}

/** The same of contrast alone: all that another theme can change of a page that was looked through in one. */
export function contrastFaults(page: Page): Promise<string[]> {
  return runAxe(page, {runOnly: ["color-contrast"]});
}

async function runAxe(page: Page, options: object): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (given) => {
    const {axe} = globalThis as unknown as {axe: Axe};
    const {violations} = await axe.run(document, {resultTypes: ["violations"], ...given});
    const grave = violations.filter(({impact}) => impact === "serious" || impact === "critical");
    return grave.map(
      ({id, help, nodes}) =>
        `${id}: ${help}: ${nodes
          .slice(0, 3)
          .map(({html}) => html.slice(0, 120))
          .join(" | ")} (${nodes.length})`
    );
  }, options);
}

interface Axe {
  run(
    context: Document,
    options: object
  ): Promise<{violations: {id: string; impact: string; help: string; nodes: {html: string}[]}[]}>;
}

/** More stops than any page has. */
const mostStops = 600;

/**
 * Walks through a page by Tab, from where the focus stands to the end of the document.
 *
 * @returns what a person without a mouse would miss: a stop that is not seen, has no ring, comes out of order or never
 * lets go, and a control that is no stop; controls are told by what they are called, since a live page draws them anew
 */
export async function keyboardFaults(page: Page, scope: string): Promise<string[]> {
  const faults = new Set<string>();
  const visited = new Set<string>();
  for (let stop = 0; stop < mostStops; ++stop) {
    await page.keyboard.press("Tab");
    const {name, fault, isEnd} = await page.evaluate(visitStop, scope);
    if (isEnd) {
      const missed = (await page.evaluate(controlNames, scope)).filter((each) => !visited.has(each));
      return [...faults, ...new Set(missed.map((each) => `no stop: ${each}`))];
    }
    visited.add(name);
    if (fault !== "") faults.add(`${fault}: ${name}`);
  }
  return [...faults, `never ends: ${mostStops} stops`];
}

/** Runs in the page: looks at what has the focus now. */
function visitStop(scope: string): {name: string; fault: string; isEnd: boolean} {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body || !element.matches(`${scope} *`))
    return {name: "", fault: "", isEnd: true};
  const name = `${element.tagName.toLowerCase()} ${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40)}`;
  const before = document.querySelector("[data-last-stop]");
  const isBack = before !== null && (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  before?.removeAttribute("data-last-stop");
  element.setAttribute("data-last-stop", "");
  const {left, top, right, bottom} = element.getBoundingClientRect();
  const isInSight = right > left && bottom > top && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  const within = (low: number, high: number, most: number) =>
    Math.min(Math.max((low + Math.min(high, low + 40)) / 2, 1), most - 2);
  const over = document.elementFromPoint(within(left, right, innerWidth), within(top, bottom, innerHeight));
  const isCovered = over !== null && !element.contains(over) && !over.contains(element);
  const style = getComputedStyle(element);
  const hasRing = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1;
  const faults = [
    isBack ? "out of order" : "",
    !isInSight ? "not in sight" : isCovered ? "covered" : "",
    hasRing ? "" : "no visible focus"
  ];
  return {name, fault: faults.filter((each) => each !== "").join(", "), isEnd: false};
}

/** Runs in the page: the controls in sight that a Tab should come to, named as `visitStop` names them. */
function controlNames(scope: string): string[] {
  const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll<HTMLElement>(`${scope} :is(${controls})`)];
  const open = all.filter(
    (each) =>
      each.checkVisibility({checkVisibilityCSS: true}) && each.tabIndex >= 0 && !(each as HTMLButtonElement).disabled
  );
  return open.map(
    (each) =>
      `${each.tagName.toLowerCase()} ${(each.getAttribute("aria-label") ?? each.textContent ?? "").trim().slice(0, 40)}`
  );
}

/** What still moves for a reader who asked for no motion. */
export function motionFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const moves = (element: Element, pseudo?: string) => {
      const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(element, pseudo);
      return (
        transitionDuration.split(", ").some((each) => Number.parseFloat(each) > 0) ||
        animationName !== "none" ||
        scrollBehavior === "smooth"
      );
    };
    const moving = [...document.querySelectorAll("*")].filter((element) =>
      [undefined, "::before", "::after"].some((pseudo) => moves(element, pseudo))
    );
    return [
      ...new Set(moving.map((element) => `moves: ${element.tagName.toLowerCase()}#${element.id}.${element.className}`))
    ];
  });
}
