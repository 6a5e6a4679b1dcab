import {existsSync, renameSync, rmSync} from "node:fs";

/**
 * Puts a finished folder in the place of another: what stood there is moved aside first and removed last, so that
 * a crash in between leaves one of the two whole, and `recoverSwap` puts it back.
 */
export function swapFolder(staging: string, target: string): void {
  recoverSwap(target);
  if (existsSync(target)) renameSync(target, asideOf(target));
  renameSync(staging, target);
  rmSync(asideOf(target), {recursive: true, force: true});
}

/** Undoes a swap that was cut short. */
export function recoverSwap(target: string): void {
  if (!existsSync(asideOf(target))) return;
  if (existsSync(target)) rmSync(asideOf(target), {recursive: true});
  else renameSync(asideOf(target), target);
}

function asideOf(target: string): string {
  return `${target}.previous`;
}
