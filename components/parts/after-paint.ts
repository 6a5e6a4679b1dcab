/**
 * Computes what takes long after the page has painted what it has, so that a reader sees the head and the inputs while
 * it lasts. Where nothing paints, after the current task.
 */
export function afterPaint<T>(compute: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const run = () => {
      try {
        resolve(compute());
      } catch (error) {
        reject(error);
      }
    };
    if (typeof requestAnimationFrame === "undefined" || document.hidden) setTimeout(run);
    else requestAnimationFrame(() => setTimeout(run)); // a frame is painted between the two
  });
}
