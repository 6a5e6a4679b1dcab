import type {Page} from "playwright-core";

/** What a reader would see as broken: a page wider than its window, or text that runs out of its box. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const excess = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const overlapping = [...document.querySelectorAll(".tile, .chart-frame h3, th, td, dd")].filter((element) => {
      const isScroller = element.closest(".table-scroll") !== null;
      return !isScroller && element.scrollWidth > element.clientWidth + 1;
    });
    const wide = excess > 0 ? [`page is ${excess} px too wide`] : [];
    return [
      ...wide,
      ...overlapping.map((element) => `runs out of its box: ${element.textContent?.trim().slice(0, 60)}`)
    ];
  });
}
