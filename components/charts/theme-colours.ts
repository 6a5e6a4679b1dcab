/** The theme as a canvas needs it: colours resolved, and the font of figures. */
export interface ThemeColours {
  readonly up: string;
  readonly down: string;
  readonly flat: string;
  readonly select: string;
  readonly text: string;
  readonly foreground: string;
  readonly background: string;
  readonly faint: string;
  readonly grid: string;
  readonly session: string;
  /** As `font` of a canvas takes it. */
  readonly font: string;
}

/** Reads the theme's variables as they stand at an element now, light or dark. */
export function themeColours(element: Element): ThemeColours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim() || "#888";
  return {
    up: colour("--up"),
    down: colour("--down"),
    flat: colour("--none"),
    select: colour("--select"),
    text: colour("--theme-foreground-muted"),
    foreground: colour("--theme-foreground"),
    background: colour("--theme-background"),
    faint: colour("--theme-foreground-faintest"),
    grid: colour("--grid"),
    session: colour("--session"),
    font: `${style.fontSize || "12px"} ${style.fontFamily || "system-ui"}`
  };
}
