import type {Locator, Page} from "playwright-core";

/** What a page says and draws, its inputs aside: what must change with them and come back with them. */
export function saidBy(page: Page): Promise<string> {
  return page.locator("main").evaluate((main) => {
    const copy = main.cloneNode(true) as Element;
    for (const bar of copy.querySelectorAll(".input-bar")) bar.remove();
    const shapes = [...copy.querySelectorAll("svg *")].map((shape) =>
      ["d", "x", "y", "cx", "cy", "transform"].map((name) => shape.getAttribute(name) ?? "").join(" ")
    );
    return [copy.textContent?.replace(/\s+/g, " "), ...shapes].join("\n");
  });
}

/** The query of a page's address as pairs. */
export function queryOf(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

/** The fields of a page's bar of inputs; the indicators of a market are a list of their own. */
export function fieldsOf(page: Page): Promise<Locator[]> {
  return page.locator(".input-bar > .field:not(.indicators)").all();
}

/** Turns one field to another value by the keyboard alone. @returns whether it had another */
export async function turnByKeys(page: Page, field: Locator): Promise<boolean> {
  const control = field.locator("select, input").first();
  const type = (await control.getAttribute("type")) ?? "select";
  await control.focus();
  if (type === "checkbox") await page.keyboard.press("Space");
  else if (type === "date") await page.keyboard.type(await control.evaluate(dayBetween));
  else if (type === "range") await page.keyboard.press((await control.evaluate(isAtEnd)) ? "ArrowLeft" : "ArrowRight");
  else {
    const options = control.locator("option");
    if ((await options.count()) < 2) return false;
    const isLast = await control.evaluate((select: HTMLSelectElement) => select.selectedIndex === select.length - 1);
    await page.keyboard.press(isLast ? "ArrowUp" : "ArrowDown");
  }
  return true;
}

function isAtEnd(control: Element): boolean {
  const {value, max} = control as HTMLInputElement;
  return value === max;
}

/** A day in the middle of what may be chosen, as one types it where months come first. */
function dayBetween(control: Element): string {
  const {min, max} = control as HTMLInputElement;
  const middle = new Date((Date.parse(min) + Date.parse(max)) / 2);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(middle.getUTCMonth() + 1)}${two(middle.getUTCDate())}${middle.getUTCFullYear()}`;
}
