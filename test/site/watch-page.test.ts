import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {expect, it} from "vitest";
import {watchPage} from "../../services/site/check-site.js";
import {findChromium, launchChromium} from "../../services/site/chromium.js";

/** A page that gives up one request of its own, and asks for something that its server hangs up on. */
const html = `<script>
const own = new AbortController();
fetch("slow", {signal: own.signal}).catch(() => {});
setTimeout(() => own.abort(), 50);
fetch("dropped").catch(() => {});
</script>`;

it("takes a request that a server drops for a fault, and not one that the page gave up itself", async () => {
  const server = createServer(({url}, response) => {
    if (url === "/dropped") response.destroy();
    else if (url === "/") response.setHeader("content-type", "text/html").end(html);
    else if (url !== "/slow") response.writeHead(204).end(); // slow is never answered
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launchChromium(findChromium()!);
  try {
    const page = await browser.newPage();
    const messages = watchPage(page, origin);
    const failed: string[] = [];
    page.on("requestfailed", (request) => failed.push(new URL(request.url()).pathname));
    await page.goto(origin);
    await expect.poll(() => failed.sort(), {timeout: 10_000}).toEqual(["/dropped", "/slow"]);
    expect(messages.filter((message) => message.startsWith("failed request"))).toEqual([
      `failed request: ${origin}/dropped net::ERR_EMPTY_RESPONSE`
    ]);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}, 30_000);
