import {type ThemeColours, themeColours} from "../theme-colours.js";

/** The theme as a market chart needs it. */
export interface CanvasTheme extends ThemeColours {
  readonly fainter: string;
  /** A theme colour by its name, as `--series-1`. */
  readonly series: (name: string) => string;
}

/** Reads the theme as it stands at an element now, light or dark; a colour is looked up once. */
export function canvasTheme(element: Element): CanvasTheme {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  const series = (name: string) => {
    const colour = known.get(name) ?? (style.getPropertyValue(name).trim() || "#888");
    known.set(name, colour);
    return colour;
  };
  return {...themeColours(element), fainter: series("--theme-foreground-fainter"), series};
}
