/**
 * Asks a preview for its first page and the modules of it, before a person does: Framework reads and compiles what it is
 * first asked for, for a second or two, while this command waits for its venues anyway.
 *
 * @returns what runs the page's data loaders, once there are data; a loader that fails is the page's to tell
 */
export async function warmPreview(address: string): Promise<() => Promise<unknown>> {
  const page = await textAt(address);
  const found = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, path = ""]) => new URL(path, address).href);
  await Promise.all(found(/<link rel="modulepreload" href="([^"]+)"/g).map(textAt));
  return () => Promise.all(found(/"path":"(\.\/_file\/loaders\/[^"?]+)/g).map(textAt));
}

async function textAt(address: string): Promise<string> {
  return (await fetch(address)).text();
}
