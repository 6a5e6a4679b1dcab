import {createRandom, type Random} from "../../analytics/statistics/random.js";

/** A stream of chance that is the same for the same keys, whoever asks and whenever. */
export interface RandomStream {
  /** Uniform on [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Exponential of mean 1. */
  exponential(): number;
  /** Whole, from *low* to *high*, both included. */
  integer(low: number, high: number): number;
}

/**
 * A keyed stream: the keys name what is being drawn (seed, instrument, level, number), so that any day or minute can be
 * drawn by itself, in any order. Keys are mixed as FNV-1a does (Fowler, Noll, Vo), twice, to a seed of 53 bits.
 */
export function randomStream(...keys: readonly (string | number)[]): RandomStream {
  const high = hashKeys(keys, 0x811c9dc5) >>> 11;
  return new KeyedStream(createRandom(high * 2 ** 32 + (hashKeys(keys, 0x9747b28c) >>> 0)));
}

class KeyedStream implements RandomStream {
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  uniform(): number {
    return this.random.next();
  }

  normal(): number {
    return this.random.normal();
  }

  exponential(): number {
    return -Math.log(1 - this.random.next());
  }

  integer(low: number, high: number): number {
    return low + this.random.below(high - low + 1);
  }
}

function hashKeys(keys: readonly (string | number)[], basis: number): number {
  let hash = basis;
  for (const key of keys)
    if (typeof key === "number") hash = mixInto(hash, key);
    else for (let i = 0; i < key.length; ++i) hash = mixInto(hash, key.charCodeAt(i));
  return hash;
}

function mixInto(hash: number, value: number): number {
  const low = Math.imul(hash ^ (value & 0xffff), 0x01000193);
  const both = Math.imul(low ^ (value >>> 16), 0x01000193);
  return both ^ (both >>> 15);
}
