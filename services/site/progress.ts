/**
 * Says what is being done, and every few seconds that it still is, until it ends.
 *
 * `compile   pages and libraries … 4 s … 8 s`
 */
export async function withProgress<T>(what: string, work: Promise<T>, everyMs = 4_000): Promise<T> {
  const begun = performance.now();
  process.stdout.write(`${what} …`);
  const timer = setInterval(() => {
    process.stdout.write(` ${Math.round((performance.now() - begun) / 1_000)} s …`);
  }, everyMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    process.stdout.write("\n");
  }
}
