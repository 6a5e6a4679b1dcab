/** A canvas that is as sharp as the screen and as large as it is told. */
export interface CanvasLayer {
  readonly canvas: HTMLCanvasElement;
  /** The brush in CSS pixels, or `undefined` where nothing can be drawn. */
  fit(width: number, height: number): CanvasRenderingContext2D | undefined;
}

/** A layer that lies over its parent's whole room. */
export function canvasLayer(): CanvasLayer {
  const canvas = document.createElement("canvas");
  return {
    canvas,
    fit(width, height) {
      const brush = canvas.getContext("2d");
      if (!brush || !(width > 0 && height > 0)) return undefined;
      const ratio = window.devicePixelRatio || 1;
      const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== across || canvas.height !== down) {
        canvas.width = across;
        canvas.height = down;
        canvas.style.setProperty("--across", `${width}px`); // the theme sizes it, on paper otherwise
        canvas.style.setProperty("--down", `${height}px`);
      }
      brush.setTransform(ratio, 0, 0, ratio, 0, 0);
      return brush;
    }
  };
}

/** Asks for one drawing at the next frame, however often it is asked. */
export function eachFrame(draw: () => void, signal: AbortSignal): () => void {
  let frame: number | undefined;
  signal.addEventListener("abort", () => frame !== undefined && cancelAnimationFrame(frame));
  return () => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      if (!signal.aborted) draw();
    });
  };
}
