/** 2024-01-02T09:00Z. */
export const NINE = Date.UTC(2024, 0, 2, 9);
export const barTopic = "bar:X:A:1m";
export const tickTopic = "tick:X:A";

/** A minute's bar, so many after nine, before its topic has numbered it. */
export const barOf = (minute: number, final = true) => {
  const bar = {time: NINE + minute * 60_000, open: 1, high: 1, low: 1, close: 1, volume: 1};
  return {type: "bar", bar, final} as const;
};
/** A quote so many milliseconds after nine, before its topic has numbered it. */
export const tickOf = (ms: number) => {
  const tick = {
    type: "quote",
    instrument: "X:A",
    eventTime: NINE + ms,
    receivedTime: NINE + ms,
    bid: 1,
    ask: 1
  } as const;
  return {type: "tick", tick} as const;
};
