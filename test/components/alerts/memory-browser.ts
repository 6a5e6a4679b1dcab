import type {StoreEffects} from "../../../components/alerts/alert-store.js";

/** One browser's storage, which any number of pages may open. */
export function memoryBrowser() {
  const kept = new Map<string, string>();
  const pages: (() => void)[] = [];
  let id = 0;
  let isFull = false;
  let turn: Promise<unknown> = Promise.resolve();
  const open = (): StoreEffects => {
    let heard = () => {};
    const tellOthers = () => pages.filter((page) => page !== own).forEach((page) => void page());
    const own = () => heard();
    pages.push(own);
    return {
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem(key, text) {
          if (isFull) throw new Error("storage is full");
          kept.set(key, text);
          tellOthers();
        }
      },
      lock: (task) => {
        const mine = turn.then(task);
        turn = mine;
        return mine;
      },
      onOthers(listener) {
        heard = listener;
      },
      newId: () => `id-${++id}`
    };
  };
  const fill = (full = true) => {
    isFull = full;
  };
  return {kept, open, fill};
}
