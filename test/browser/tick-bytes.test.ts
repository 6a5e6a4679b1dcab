import {once} from "node:events";
import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {build} from "esbuild";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {findChromium, launchChromium} from "../../services/site/chromium.js";
import {barTopic, NINE, startTestServer, type TestServer, tickTopic} from "../sidecar/test-server.js";

const token = "the-token-of-this-page";
const program = `
  import {createClient} from "./components/live/client.js";
  import {defaultClientEffects} from "./components/live/client-effects.js";
  window.follow = (url, topics) => {
    window.heard = [];
    window.protocols = [];
    window.binary = 0;
    const open = (address, offers) => {
      const socket = defaultClientEffects.open(address, offers);
      socket.addEventListener("open", () => window.protocols.push(socket.protocol));
      socket.addEventListener("message", ({data}) => { window.binary += data instanceof ArrayBuffer ? 1 : 0; });
      return socket;
    };
    window.client = createClient({url, topics, effects: {...defaultClientEffects, open}});
    window.client.listen({onEvents: (events) => window.heard.push(...events)});
  };`;

describe("a page's client in a real browser", () => {
  let browser: Browser;
  let page: Page;
  let site: Server;
  let sidecar: TestServer;

  beforeAll(async () => {
    const {outputFiles} = await build({
      stdin: {contents: program, resolveDir: process.cwd(), loader: "ts"},
      ...{bundle: true, write: false, format: "iife"}
    });
    const html = `<!doctype html><script>${outputFiles[0]!.text}</script>`;
    site = createServer((_, response) => response.setHeader("content-type", "text/html").end(html));
    site.listen(0, "127.0.0.1");
    await once(site, "listening");
    browser = await launchChromium(findChromium()!);
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    site?.close();
    await sidecar?.stop();
  });

  const state = <T>(code: string) => page.evaluate(code) as Promise<T>;
  const follow = () => state(`follow(${JSON.stringify(`${sidecar.url}/`)}, ${JSON.stringify([tickTopic, barTopic])})`);

  it("takes ticks as bytes, every one, in order, and bars beside them", async () => {
    sidecar = await startTestServer({}, {token});
    await state(`localStorage.setItem("tapebook-token ${sidecar.url}/", "${token}")`);
    await follow();
    await expect.poll(() => state("client.state.connection")).toBe("open");
    await expect.poll(() => state("Number.isFinite(client.state.latencyMs)")).toBe(true);
    for (let i = 1; i <= 300; ++i) {
      sidecar.tellTick(i);
      if (i % 50 === 0) sidecar.tell(NINE + i * 60_000, i);
      if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const prices = () => state<number[]>("heard.filter(({type}) => type === 'tick').map(({tick}) => tick.bid)");
    await expect.poll(prices).toEqual(Array.from({length: 300}, (_, i) => i + 1));
    expect(await state("heard.filter(({type}) => type === 'bar').length")).toBe(6);
    expect(await state("protocols")).toEqual(["tapebook.v1.ticks"]);
    expect(await state<number>("binary")).toBeGreaterThan(0);
  });

  it("is told in words when its token is not the sidecar's", async () => {
    await state(`client.close(), localStorage.setItem("tapebook-token ${sidecar.url}/", "another-token-of-it")`);
    await follow();
    await expect.poll(() => state("client.state.lastError")).toBe("token missing or wrong (4001)");
    await state("client.close()");
  });
});
