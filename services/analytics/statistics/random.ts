/** A stream of chance that is the same on every machine for the same seed. */
export interface Random {
  /** Uniform in [0, 1), with 53 random bits. */
  next(): number;
  /** A whole number in 0 … count − 1, each as likely to within count / 2³². */
  below(count: number): number;
  /** Standard normal, by Box and Muller's polar method. */
  normal(): number;
  /** Fills *target* with what the next calls of *below* would scale, for `scaledBelow`: several times as fast. */
  fill(target: Uint32Array): void;
}

/** A whole number in 0 … count − 1 of 32 random bits: what *below* gives of the same draw. */
export function scaledBelow(bits: number, count: number): number {
  return Math.floor((bits / 0x100000000) * count);
}

/**
 * Seeded random numbers, for resampling and simulation; never for secrets.
 *
 * @param seed one of the whole numbers that a double holds exactly
 * @throws {RangeError} if the seed is not a whole number
 * @example createRandom(1).below(6) is the same throw of the die for ever
 *
 * Source: sfc32, Chris Doty-Humphrey, *PractRand* (2010, public domain), period ≥ 2³² and about 2¹²⁷ on average;
 * the first twelve draws are discarded, as there.
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`invalid seed: ${seed}`);
  return new Sfc32(seed);
}

/** Its methods lie on the prototype, since a simulation makes a generator for each thing that it draws. */
class Sfc32 implements Random {
  /** a, b, c and the counter, between calls; local numbers during one, so that no draw allocates. */
  private readonly state: Int32Array;
  private readonly one = new Uint32Array(1);

  constructor(seed: number) {
    this.state = Int32Array.of(0, seed | 0, Math.floor(seed / 0x100000000) | 0, 1);
    this.fill(new Uint32Array(12));
  }

  next(): number {
    return ((this.nextUint32() >>> 5) * 0x4000000 + (this.nextUint32() >>> 6)) / 0x20000000000000;
  }

  below(count: number): number {
    return scaledBelow(this.nextUint32(), count);
  }

  normal(): number {
    return polarNormal(this);
  }

  fill(target: Uint32Array): void {
    const {state} = this;
    let [a, b, c, counter] = [state[0]!, state[1]!, state[2]!, state[3]!];
    for (let i = 0; i < target.length; ++i) {
      const result = (a + b + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + result) | 0;
      target[i] = result;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = counter;
  }

  private nextUint32(): number {
    this.fill(this.one);
    return this.one[0]!;
  }
}

function polarNormal(random: Random): number {
  for (;;) {
    const x = 2 * random.next() - 1;
    const y = 2 * random.next() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}
