/** What a reader may do to a chart, in pixels of its stage. */
export interface GestureTarget {
  /** A factor below 1 shows less; without a place, about the crosshair or the middle. */
  zoom(factor: number, x?: number): void;
  /** Later bars come into sight where it is positive. */
  pan(pixels: number): void;
  /** A tenth of the chart to one side. */
  turn(direction: 1 | -1): void;
  point(x: number, y: number): void;
  unpoint(): void;
  /** The next or the previous bar is read. */
  read(direction: 1 | -1): void;
  edge(side: "first" | "last"): void;
  home(): void;
  /** What was done is done: the view may be remembered. */
  settle(): void;
}

const settleMs = 300;

/** Wheel, mouse, fingers and keys upon a stage; sideways is the chart's and up and down with one finger the page's. */
export function listenToGestures(stage: HTMLElement, target: GestureTarget, signal: AbortSignal): void {
  const settle = later(() => target.settle(), signal);
  stage.addEventListener("wheel", (event) => onWheel(event, stage, target, settle), {passive: false, signal});
  stage.addEventListener("keydown", (event) => onKey(event, target, settle), {signal});
  listenToPointers(stage, target, signal);
}

/** Wheels and keys have no end of their own: a pause is one. */
function later(done: () => void, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    timer = setTimeout(done, settleMs);
  };
}

function onWheel(event: WheelEvent, stage: HTMLElement, target: GestureTarget, settle: () => void): void {
  event.preventDefault();
  const unit = event.deltaMode === 1 ? 16 : 1;
  const [across, down] = [event.deltaX * unit, event.deltaY * unit];
  if (event.shiftKey || Math.abs(across) > Math.abs(down)) target.pan(event.shiftKey ? across || down : across);
  else target.zoom(Math.exp(clamp(down, 240) * (event.ctrlKey ? 0.01 : 0.0015)), xIn(stage, event));
  settle();
}

function onKey(event: KeyboardEvent, target: GestureTarget, settle: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const action = event.shiftKey ? (reads[event.key] ?? moves[event.key]) : moves[event.key];
  if (!action) return;
  event.preventDefault();
  action(target);
  settle();
}

const reads: Readonly<Record<string, (target: GestureTarget) => void>> = {
  ArrowLeft: (target) => target.read(-1),
  ArrowRight: (target) => target.read(1)
};

const moves: Readonly<Record<string, (target: GestureTarget) => void>> = {
  ArrowLeft: (target) => target.turn(-1),
  ArrowRight: (target) => target.turn(1),
  ",": (target) => target.read(-1),
  ".": (target) => target.read(1),
  "+": (target) => target.zoom(0.8),
  "=": (target) => target.zoom(0.8),
  "-": (target) => target.zoom(1.25),
  "−": (target) => target.zoom(1.25),
  Home: (target) => target.edge("first"),
  End: (target) => target.edge("last"),
  "0": (target) => target.home(),
  Escape: (target) => target.unpoint()
};

function listenToPointers(stage: HTMLElement, target: GestureTarget, signal: AbortSignal): void {
  const down = new Map<number, number>();
  let [moved, gap] = [0, 0];
  const spread = () => Math.max(...down.values()) - Math.min(...down.values());
  const middle = () => (Math.max(...down.values()) + Math.min(...down.values())) / 2;
  const on = (
    type: "pointerdown" | "pointermove" | "pointerup" | "pointercancel" | "pointerleave",
    act: (event: PointerEvent) => void
  ) => stage.addEventListener(type, act, {signal});
  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    stage.setPointerCapture(event.pointerId);
    down.set(event.pointerId, xIn(stage, event));
    moved = down.size > 1 ? Infinity : 0;
    gap = spread();
  });
  on("pointermove", (event) => {
    const x = xIn(stage, event);
    const before = down.get(event.pointerId);
    if (before === undefined) return target.point(x, yIn(stage, event));
    const center = middle();
    down.set(event.pointerId, x);
    moved += Math.abs(x - before);
    target.pan(center - middle());
    if (down.size > 1 && gap > 8 && spread() > 8) target.zoom(gap / spread(), middle());
    gap = spread();
    if (event.pointerType === "mouse") target.point(x, yIn(stage, event));
  });
  const lift = (event: PointerEvent) => {
    if (!down.delete(event.pointerId)) return;
    if (down.size > 0) {
      gap = spread();
      return;
    }
    if (moved < 4 && event.type === "pointerup") target.point(xIn(stage, event), yIn(stage, event));
    else target.settle();
  };
  on("pointerup", lift);
  on("pointercancel", lift);
  on("pointerleave", (event) => {
    if (event.pointerType === "mouse" && down.size === 0) target.unpoint();
  });
}

function xIn(stage: HTMLElement, {clientX}: MouseEvent): number {
  return clientX - stage.getBoundingClientRect().left;
}

function yIn(stage: HTMLElement, {clientY}: MouseEvent): number {
  return clientY - stage.getBoundingClientRect().top;
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
