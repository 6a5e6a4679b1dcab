const kept = new WeakMap<object, Set<() => void>>();

/**
 * Listens to what outlives the listener, and does not keep it: parts of a page are made anew with every choice and every
 * bar, and those that are no longer shown are let go.
 *
 * @param owner for as long as somebody holds it, as the page an element of its own, the listener is called
 */
export function listenWeakly(target: EventTarget, type: string, listener: () => void, owner: object): void {
  kept.set(owner, (kept.get(owner) ?? new Set()).add(listener));
  const held = new WeakRef(listener);
  const tell = () => {
    const alive = held.deref();
    if (alive) alive();
    else target.removeEventListener(type, tell);
  };
  target.addEventListener(type, tell);
}
