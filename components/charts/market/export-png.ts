import type {CanvasTheme} from "./canvas-theme.js";
import type {MarketScene} from "./market-scene.js";
import {paintMarket} from "./paint-market.js";

/** What a picture says beside its chart, so that it can stand alone. */
export interface PictureWords {
  readonly title: string;
  readonly subtitle: string;
  /** Names of the lines with their theme colours. */
  readonly names: readonly {readonly label: string; readonly colour: string}[];
  /** Where the numbers are from, and as of when. */
  readonly source: string;
}

const margin = 16;
const ratio = 2;

/**
 * The chart as a PNG of twice its size on the screen: title, what it shows, names of its lines, chart, source.
 *
 * @throws {Error} if the browser cannot make one
 */
export function chartPng(scene: MarketScene, theme: CanvasTheme, words: PictureWords): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d");
  if (!brush) throw new Error("no picture: this browser has no canvas");
  const width = Math.max(320, scene.width) + 2 * margin;
  const size = Number.parseFloat(theme.font) || 12;
  const family = theme.font.replace(/^\S+ /, "");
  const fonts = {title: `600 ${size + 4}px ${family}`, text: `${size}px ${family}`};
  brush.font = fonts.title;
  const title = wrapped(brush, words.title, width - 2 * margin);
  brush.font = fonts.text;
  const [subtitle, source] = [words.subtitle, words.source].map((text) => wrapped(brush, text, width - 2 * margin));
  const names = wrapped(brush, words.names.map(({label}) => label).join("; "), width - 2 * margin);
  const head = margin + title.length * 22 + (subtitle!.length + names.length) * 18 + 8;
  const height = head + scene.height + 8 + source!.length * 18 + margin;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  brush.setTransform(ratio, 0, 0, ratio, 0, 0);
  brush.fillStyle = theme.background;
  brush.fillRect(0, 0, width, height);
  let y = margin + 11;
  const write = (lines: readonly string[], font: string, colour: string, step: number) => {
    brush.font = font;
    brush.fillStyle = colour;
    brush.textBaseline = "middle";
    brush.textAlign = "left";
    for (const line of lines) {
      brush.fillText(line, margin, y);
      y += step;
    }
  };
  write(title, fonts.title, theme.foreground, 22);
  write(subtitle!, fonts.text, theme.text, 18);
  write(names, fonts.text, theme.text, 18);
  brush.drawImage(chartOf(scene, theme), margin, head, scene.width, scene.height);
  y = head + scene.height + 8 + 9;
  write(source!, fonts.text, theme.text, 18);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("no picture: it could not be encoded"))),
      "image/png"
    );
  });
}

function chartOf(scene: MarketScene, theme: CanvasTheme): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = scene.width * ratio;
  canvas.height = scene.height * ratio;
  const brush = canvas.getContext("2d")!;
  brush.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintMarket(brush, scene, theme);
  return canvas;
}

/** Text in lines of at most so many pixels, broken between words. */
function wrapped(brush: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter((each) => each !== "")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && brush.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
