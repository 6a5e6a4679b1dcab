/** Where a token is kept: the browser's `localStorage`, or any like it. */
export type TokenStore = Pick<Storage, "getItem">;

/**
 * The token that this browser keeps for a sidecar, under `tapebook-token ` and the sidecar's address: so a link that
 * names another sidecar brings it no token. Nothing else of a page or its address holds one.
 *
 * @param url as `findSidecar` gives it
 * @returns `undefined` if there is none, or no store, as in a page opened from a file
 */
export function storedToken(url: string, store: () => TokenStore | undefined = browserStore): string | undefined {
  try {
    return store()?.getItem(`tapebook-token ${new URL(url).href}`) ?? undefined;
  } catch {
    return undefined; // a browser may forbid the store
  }
}

function browserStore(): TokenStore | undefined {
  return typeof localStorage === "undefined" ? undefined : localStorage;
}
