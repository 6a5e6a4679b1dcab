import {existsSync, readFileSync} from "node:fs";
import {extname, join} from "node:path";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".gif": "image/gif",
  ".jpg": "image/jpeg",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".webp": "image/webp"
};

/** A file as a `data:` URL. */
function dataUrl(path: string): string {
  const type = types[extname(path)] ?? "application/octet-stream";
  return `data:${type};base64,${readFileSync(path).toString("base64")}`;
}

/**
 * A page's code whose registered files are `data:` URLs. Framework resolves a file's path against the page's address,
 * which leaves such a URL as it is, and fetches it, which asks no network.
 *
 * @param folder where the page lies
 */
export function inlineFiles(code: string, folder: string): string {
  return code.replace(/^registerFile\(("[^"]*"), (\{.*\})\);$/gm, (_, name: string, json: string) => {
    const info = JSON.parse(json) as {path: string};
    return `registerFile(${name}, ${JSON.stringify({...info, path: dataUrl(join(folder, info.path))})});`;
  });
}

/** Style sheets of the site, in the page. */
export function inlineStyles(html: string, folder: string): string {
  return html.replace(/<link rel="stylesheet"[^>]*href="([^"]*)"[^>]*>/g, (_, href: string) => {
    const css = readFileSync(join(folder, href), "utf8").replaceAll("</style", "<\\/style");
    return `<style>${css}</style>`;
  });
}

/** Images, downloads and licences of the site, in the page; a browser opens no link to `data:`, and saves it instead. */
export function inlineAttributes(html: string, folder: string): string {
  const whole = html.replace(/(?=href="[^":?#]*\/licences\.txt")/g, 'download="licences.txt" ');
  return whole.replace(
    /\b(src|href)="([^":?#]*(?:\/_file\/[^"?#]*|\/licences\.txt))"/g,
    (whole, name: string, path: string) =>
      existsSync(join(folder, path)) ? `${name}="${dataUrl(join(folder, path))}"` : whole
  );
}
