// @vitest-environment jsdom
import {beforeEach, expect, it} from "vitest";
import {chartFrame} from "../../components/parts/chart-frame.js";
import {html} from "../../components/parts/html.js";

const frame = (figure?: string, name?: string) => {
  const made = chartFrame({
    title: "A fall",
    subtitle: "n = 3",
    chart: html`<p>chart</p>`,
    table: () => html`<p>table of ${figure ?? "nothing"}</p>`,
    source: html`<div><details data-figure=${figure}></details></div>`,
    ...(name !== undefined && {name})
  });
  document.body.append(made);
  return made;
};
const shown = (made: HTMLElement) => made.querySelector(".chart-body")!.textContent;
const press = (made: HTMLElement) => made.querySelector("button")!.click();

beforeEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", "/risk/alpha?zone=utc");
});

it("a chart that stands as its table says so in the address, beside what else is said there", () => {
  const [fall, result] = [frame("fall"), frame("result")];
  press(fall);
  press(result);
  expect(location.search).toBe("?zone=utc&table=fall,result");
  press(fall);
  expect(location.search).toBe("?zone=utc&table=result");
  press(result);
  expect(location.search).toBe("?zone=utc");
});

it("a link shows the table, and only that of its figure", () => {
  history.replaceState(null, "", "?table=fall");
  const [fall, result] = [frame("fall"), frame("result")];
  expect([shown(fall), shown(result)]).toEqual(["table of fall", "chart"]);
  expect(fall.querySelector("button")!.getAttribute("aria-pressed")).toBe("true");
});

it("a step back takes the table back", () => {
  const fall = frame("fall");
  press(fall);
  history.replaceState(null, "", "?zone=utc");
  dispatchEvent(new PopStateEvent("popstate"));
  expect(shown(fall)).toBe("chart");
});

it("a chart of no figure of its own turns and leaves the address alone", () => {
  const other = frame();
  press(other);
  expect(shown(other)).toBe("table of nothing");
  expect(location.search).toBe("?zone=utc");
});

it("a chart with a name of its own goes by it", () => {
  const other = frame(undefined, "EURUSD");
  press(other);
  expect(location.search).toBe("?zone=utc&table=EURUSD");
  expect(shown(frame("fall", "EURUSD"))).toBe("table of fall");
});
