import {describe, expect, it} from "vitest";
import {findSidecar} from "../../../components/live/find-sidecar.js";

const find = (href: string, meta?: string) => findSidecar({href, meta});

describe("findSidecar", () => {
  it("believes the link first, then the page, then the host", () => {
    const meta = "ws://desk.example:9000/";
    expect(find("http://site.example/live?sidecar=wss%3A%2F%2Fother.example%2Ftape", meta)).toEqual({
      url: "wss://other.example/tape",
      chosenBy: "link"
    });
    expect(find("http://site.example/live", meta)).toEqual({url: meta, chosenBy: "page"});
    expect(find("http://site.example:3000/live")).toEqual({url: "ws://site.example:8765/", chosenBy: "host"});
  });

  it("asks a secure page's host securely", () => {
    expect(find("https://site.example/live")?.url).toBe("wss://site.example:8765/");
  });

  it("finds none for a page opened from a file", () => {
    expect(find("file:///home/reader/report.html")).toBeUndefined();
  });

  it.each(["http://desk.example", "javascript:alert(1)", "desk", "ws:"])("refuses %s", (text) => {
    expect(() => find(`http://site.example/?sidecar=${encodeURIComponent(text)}`)).toThrow(`invalid sidecar: ${text}`);
  });
});
