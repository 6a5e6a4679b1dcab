/** The part of a canvas's context that painting uses. */
export type Brush = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The middle of a pixel, where a line one pixel wide is sharp. */
export function crisp(value: number): number {
  return Math.floor(value) + 0.5;
}
