// @vitest-environment jsdom
import {beforeAll, describe, expect, it, vi} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {html} from "../../components/parts/html.js";
import {statTile} from "../../components/parts/stat-tile.js";
import {explained} from "../../components/why/explained.js";
import {tradeWhy} from "../../components/why/trade-why.js";
import {whyBody} from "../../components/why/why-body.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {tradeStatistics} from "../../services/analytics/performance/trade-statistics.js";
import {sampleDataset} from "./sample-dataset.js";
import {sampleDeals} from "./sample-deals.js";
import {words} from "./words.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const dataset = sampleDataset({id: "deals/alpha", kind: "deals"});
const {trips} = roundTrips(sampleDeals(120));
const trade = {
  ...{statistics: tradeStatistics(trips, {draws: 50}), trips, currency: "USD"},
  ...{filters: [["Closed within", "all history"]] as const, dataset, format}
};

describe("whyBody", () => {
  it("says all that a figure stands on", () => {
    const body = whyBody(tradeWhy("win-rate", trade), format);
    const text = words(body);
    for (const part of [
      "Formula won / n",
      "Wilson",
      "Sample n",
      "Interval 95",
      "Closed within all history",
      "which is the figure",
      "SHA-256",
      "Loader version",
      "Gaps among these rows",
      "Known at"
    ])
      expect(text).toContain(part);
    expect(body.querySelectorAll("tbody tr").length).toBe(50);
    expect(text).toContain(`First 50 of ${trips.length} rows`);
  });

  it("owns up to rows that do not give the figure", () => {
    const why = tradeWhy("net", trade);
    const text = words(whyBody({...why, value: why.value! + 0.01}, format));
    expect(text).toContain("✕ not the figure");
  });
});

describe("a figure that explains itself", () => {
  beforeAll(() => {
    // jsdom knows the element and not how it opens
    HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
      this.open = true;
    };
    HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event("close"));
    };
  });
  const tile = () => statTile({label: "Net", value: 5, text: "5", basis: "n = 1", figure: "net"});

  it("asks when asked, and gives the focus back when closed", async () => {
    const ask = vi.fn(async () =>
      tradeWhy("net", {...{trips: [], filters: [], dataset, format, currency: "USD"}, statistics: tradeStatistics([])})
    );
    const panel = explained(html`<div>${tile()}</div>`, ask, format);
    document.body.append(panel);
    expect(ask).not.toHaveBeenCalled();
    const button = panel.querySelector("button")!;
    expect(button.getAttribute("aria-label")).toBe("Why this number? Net");
    button.click();
    expect(ask).toHaveBeenCalledWith("net");
    await vi.waitFor(() => expect(document.querySelector("dialog .why-body")).not.toBeNull());
    document.querySelector<HTMLElement>("dialog header button")!.click();
    expect(document.querySelector("dialog")).toBeNull();
    expect(document.activeElement).toBe(button);
    panel.remove();
  });

  it("is asked anew each time its line is opened, and holds one answer", async () => {
    const why = tradeWhy("net", trade);
    let asked = 0;
    const ask = async () => ({...why, name: `asked ${++asked}`, definition: `answer ${asked}`});
    const line = html`<details data-figure="net"><summary>Source</summary></details>` as HTMLDetailsElement;
    document.body.append(explained(html`<div>${line}</div>`, ask, format));
    for (const answer of ["answer 1", "answer 2"]) {
      line.open = true;
      await vi.waitFor(() => expect(line.querySelector(".why-body")?.textContent).toContain(answer));
      expect(line.querySelectorAll(".why-body").length).toBe(1);
      line.open = false;
    }
    expect(asked).toBe(2);
    line.parentElement!.remove();
  });

  it("says in its place what went wrong", async () => {
    const panel = explained(
      html`<div>${tile()}</div>`,
      () => Promise.reject(new RangeError("unknown figure: net")),
      format
    );
    document.body.append(panel);
    panel.querySelector("button")!.click();
    await vi.waitFor(() =>
      expect(document.querySelector("dialog .state-error")?.textContent).toContain("unknown figure: net")
    );
    document.querySelector<HTMLElement>("dialog header button")!.click();
    panel.remove();
  });
});
