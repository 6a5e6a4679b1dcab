import type {PulseFindings, PulseInput} from "../../components/work/pulse-tasks.js";

/** One run in a page: what it took, and how the page's own frames fared meanwhile. */
export interface BehaviourRun {
  readonly ms: number;
  readonly frames: number;
  readonly longestFrameMs: number;
  readonly trips: number;
}

/** Asks a worker once, and counts the frames of the page until it answers. */
export async function run(
  program: string,
  {deals, closes, ...rest}: Record<"deals" | "closes", string>
): Promise<BehaviourRun> {
  const input = {deals: bytesOf(deals), closes: bytesOf(closes), zone: "Europe/London", windowMinutes: 15, ...rest};
  const url = URL.createObjectURL(new Blob([program], {type: "text/javascript"}));
  const worker = new Worker(url, {type: "module"});
  const frames: number[] = [];
  let isDone = false;
  const tick = (now: number) => {
    frames.push(now);
    if (!isDone) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const begun = performance.now();
  const answer = new Promise<PulseFindings>((resolve, reject) => {
    worker.onmessage = ({data}) => ("output" in data ? resolve(data.output) : reject(data.error));
    worker.onerror = ({message}) => reject(new Error(message));
  });
  worker.postMessage({id: 1, name: "findings", input: input satisfies PulseInput});
  const {trips} = await answer;
  const ms = performance.now() - begun;
  isDone = true;
  worker.terminate();
  const gaps = frames.slice(1).map((now, i) => now - frames[i]!);
  return {ms, frames: gaps.length, longestFrameMs: Math.max(...gaps), trips};
}

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
}
