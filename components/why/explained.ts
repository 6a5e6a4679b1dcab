import type {Formats} from "../format/create-formats.js";
import {html} from "../parts/html.js";
import {errorState, loadingState} from "../parts/states.js";
import type {AskWhy} from "./why.js";

/**
 * A panel whose figures answer "Why this number?": each element that names its figure (`data-figure`) gets a button, or
 * where it is a source line says more when it is opened. Nothing is worked out or loaded before somebody asks.
 *
 * @returns the same node
 */
export function explained<T extends HTMLElement>(panel: T, ask: AskWhy, format: Formats): T {
  for (const element of [panel, ...panel.querySelectorAll<HTMLElement>("[data-figure]")]) {
    const {figure} = element.dataset;
    if (figure === undefined) continue;
    if (element instanceof HTMLDetailsElement) fillWhenOpened(element, () => answer(ask, figure, format));
    else element.append(whyButton(nameOf(element), () => answer(ask, figure, format)));
  }
  return panel;
}

function nameOf(element: HTMLElement): string {
  return element.querySelector(".label")?.textContent ?? "";
}

/** The answer, or the failure in its place. */
async function answer(ask: AskWhy, figure: string, format: Formats): Promise<HTMLElement> {
  try {
    const [{whyBody}, why] = await Promise.all([import("./why-body.js"), ask(figure)]);
    return whyBody(why, format);
  } catch (error) {
    return errorState(error, "The figure stands; ask again, or see the Data page for its snapshot.");
  }
}

function whyButton(name: string, body: () => Promise<HTMLElement>): HTMLElement {
  const label = `Why this number? ${name}`;
  const button = html`<button class="why-ask" type="button" aria-haspopup="dialog" aria-label=${label} title="Why this number?">?</button>`;
  button.addEventListener("click", () => openPanel(name, body(), button));
  return button;
}

function openPanel(name: string, body: Promise<HTMLElement>, opener: HTMLElement): void {
  const close = html`<button class="button button-quiet" type="button">Close</button>`;
  const room = loadingState(`why: ${name}`);
  const dialog = html`<dialog class="why-panel" aria-label=${`Why this number? ${name}`}>
    <header><h2>${name}</h2>${close}</header>
    ${room}
  </dialog>` as HTMLDialogElement;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({target}) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  void body.then((node) => room.replaceWith(node));
}

/** Asks anew each time the line is opened: what is in sight may have changed since. */
function fillWhenOpened(details: HTMLDetailsElement, body: () => Promise<HTMLElement>): void {
  let shown: HTMLElement | undefined;
  details.addEventListener("toggle", async () => {
    if (!details.open) return;
    const room = loadingState("why");
    if (shown?.isConnected) shown.replaceWith(room);
    else details.append(room);
    shown = room;
    const answered = await body();
    if (shown !== room) return; // closed and opened again since
    room.replaceWith(answered);
    shown = answered;
  });
}
