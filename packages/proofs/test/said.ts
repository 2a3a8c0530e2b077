/** What a prover says when nothing but its randomness varies: challenges are held fixed, and randomness is drawn from a seed. */
import { sha256 } from '@surety/core';
import { HiddenProver } from '../src/zk/channel/hidden.ts';
import { Transcript } from '../src/zk/channel/transcript.ts';
import { type Ext, P, ZERO } from '../src/zk/field/ext.ts';

/** Words that follow from a number and a purpose. */
const drawn = (purpose: string, n: number): Uint32Array =>
  new Uint32Array(sha256(new TextEncoder().encode(`${purpose} ${n}`)).slice().buffer);

const challenges: Ext[] = [];

const challengeOf = (n: number): Ext => {
  for (let i = challenges.length; i <= n; i++) {
    challenges.push([...drawn('challenge', i).subarray(0, 4)].map((word) => word % P) as unknown as Ext);
  }
  return challenges[n]!;
};

/** The same columns each time, in order. */
const indicesOf = (count: number, limit: number): number[] => {
  const found = new Set<number>();
  for (let i = 0; found.size < count; i++) for (const word of drawn('column', i)) found.add(word % limit);
  return [...found].slice(0, count).sort((a, b) => a - b);
};

const { challenge, indices } = Transcript.prototype;
const { getRandomValues } = Object.getPrototypeOf(crypto) as Crypto;
const prover = HiddenProver.prototype as unknown as { pad: () => Ext; close: () => void };
const { pad, close } = prover;

/** Bytes of the platform's generator, from a seed. */
const seeded = (seed: string): Crypto['getRandomValues'] => {
  let state = new DataView(sha256(new TextEncoder().encode(seed)).slice().buffer).getUint32(0) | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return (array) => {
    const { buffer, byteOffset, byteLength } = array as unknown as Uint8Array;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    // The low bits of such a generator are its worst: of each word two bytes from above.
    for (let i = 0; i < bytes.length; i += 2) {
      const word = next();
      bytes[i] = word >>> 24;
      if (i + 1 < bytes.length) bytes[i + 1] = word >>> 16;
    }
    return array;
  };
};

export type Drawing = {
  /** Numbers of pads that are left out. */
  readonly without?: ReadonlySet<number>;
  /** Whether nothing is drawn from the seed but the pads that values go out under; all else is the same each time. */
  readonly padsAlone?: boolean;
};

export type Said = {
  /** All words of all messages, in order. */
  readonly words: Uint32Array;
  /** Numbers of the pads that no value goes out under: of the factors of products. */
  readonly ofFactors: readonly number[];
};

/** Two pads, of which the closing of products takes the first itself. */
const OF_FACTORS = 2;

/** What the proof that some work makes says: all that is sent by the prover that it gives back, or else by the first that takes a pad. */
export const said = async (
  seed: string,
  work: () => Promise<unknown>,
  { without = new Set(), padsAlone = false }: Drawing = {},
): Promise<Said> => {
  const counts = new WeakMap<object, number>();
  const count = (of: object): number => {
    const n = counts.get(of) ?? 0;
    counts.set(of, n + 1);
    return n;
  };
  let speaker: HiddenProver | null = null;
  const ofFactors: number[] = [];
  let closing = false;
  const random = seeded(seed);
  Transcript.prototype.challenge = function () {
    return challengeOf(count(this));
  };
  Transcript.prototype.indices = indicesOf;
  crypto.getRandomValues = padsAlone ? seeded('held') : random;
  prover.close = function () {
    closing = true;
    close.call(this);
  };
  prover.pad = function () {
    speaker ??= this as unknown as HiddenProver;
    const own = pad.call(this);
    const number = count(this);
    if (closing && ofFactors.length < OF_FACTORS) {
      ofFactors.push(number);
      return without.has(number) ? ZERO : own;
    }
    const fresh = padsAlone ? ([...random(new Uint32Array(4))].map((word) => word % P) as unknown as Ext) : own;
    return without.has(number) ? ZERO : fresh;
  };
  try {
    const made = await work();
    if (made instanceof HiddenProver) speaker = made;
  } finally {
    Object.assign(Transcript.prototype, { challenge, indices });
    crypto.getRandomValues = getRandomValues.bind(crypto);
    Object.assign(prover, { pad, close });
  }
  return { words: new Uint32Array(speaker!.bytes().buffer), ofFactors };
};
