import {readFileSync} from "node:fs";
import {lab, rgb} from "d3";
import {describe, expect, it} from "vitest";

const css = readFileSync("components/theme/colour.css", "utf8");
const [lightCss = "", darkCss = ""] = css.split("@media screen");
const light = variables(lightCss);
const dark = {...light, ...variables(darkCss.split("/* For readers")[0]!)};
const meanings = ["up", "down", "select", "caution", "breach"];
const series = [1, 2, 3, 4, 5, 6].map((i) => `series-${i}`);

function variables(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]));
}

function colour(theme: Record<string, string>, name: string): string {
  const value = theme[name]!;
  const [, reference] = /^var\(--([\w-]+)\)/.exec(value) ?? [];
  return reference === undefined ? value.slice(0, 7) : colour(theme, reference);
}

/** Contrast ratio by WCAG 2.2, from 1 to 21. */
function contrast(a: string, b: string): number {
  const [dim, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(name: string): number {
  const [r, g, b] = linear(name);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linear(name: string): [number, number, number] {
  const {r, g, b} = rgb(name);
  return [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)) as never;
}

/** Full dichromacy in linear RGB: Machado, Oliveira and Fernandes 2009, severity 1. */
const blindness = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039]
};

function seen(name: string, matrix: readonly number[]) {
  const [r, g, b] = linear(name);
  const gamma = (v: number) => 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
  const channel = (i: number) =>
    gamma(Math.min(1, Math.max(0, matrix[i]! * r + matrix[i + 1]! * g + matrix[i + 2]! * b)));
  return rgb(channel(0), channel(3), channel(6)).formatHex();
}

/** Distance in CIE Lab; 10 is plain to see side by side. */
function distance(a: string, b: string): number {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);
}

describe.each([
  ["light", light],
  ["dark", dark]
])("the %s theme", (_, theme) => {
  const paper = colour(theme, "theme-background");

  it.each(["theme-foreground", "theme-foreground-muted", "theme-foreground-faint", ...meanings])(
    "shows text in %s at 4.5 to 1 or better",
    (name) => {
      expect(contrast(colour(theme, name), paper)).toBeGreaterThanOrEqual(4.5);
    }
  );

  it.each([...series, "none"])("draws %s at 3 to 1 or better", (name) => {
    expect(contrast(colour(theme, name), paper)).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(blindness))("keeps up, down and selection apart under %s", (_name, matrix) => {
    const [up, down, select] = ["up", "down", "select"].map((name) => seen(colour(theme, name), matrix));
    expect(distance(up!, down!)).toBeGreaterThan(20);
    expect(distance(up!, select!)).toBeGreaterThan(15);
    expect(distance(down!, select!)).toBeGreaterThan(15);
  });
});

it("no stylesheet but the theme's colours names a colour", () => {
  const files = ["type", "layout", "navigation", "head", "inputs", "tiles", "chart", "table", "states", "print"];
  for (const file of files)
    expect(readFileSync(`components/theme/${file}.css`, "utf8")).not.toMatch(/#[0-9a-f]{3,6}\b;/i);
});
