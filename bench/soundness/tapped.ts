/** A verifier whose transcript is listened to, or hears something else. */
import { Transcript } from '../../packages/proofs/src/zk/channel/transcript.ts';

export type Tap = {
  /** What is absorbed in the place of message `n`; the empty one behind indices is none. */
  readonly absorb?: (bytes: Uint8Array, n: number) => Uint8Array;
  readonly indices?: (indices: number[], limit: number) => number[];
};

const { absorb, indices } = Transcript.prototype;

/** Does something with every transcript under a tap. */
export const tapped = async <T>(tap: Tap, work: () => Promise<T>): Promise<T> => {
  const absorbed = new WeakMap<Transcript, number>();
  let drawing = false;
  Transcript.prototype.absorb = function (bytes) {
    if (drawing) {
      absorb.call(this, bytes);
      return;
    }
    const n = absorbed.get(this) ?? 0;
    absorbed.set(this, n + 1);
    absorb.call(this, tap.absorb?.(bytes, n) ?? bytes);
  };
  Transcript.prototype.indices = function (count, limit) {
    drawing = true;
    const found = indices.call(this, count, limit);
    drawing = false;
    return tap.indices?.(found, limit) ?? found;
  };
  try {
    return await work();
  } finally {
    Object.assign(Transcript.prototype, { absorb, indices });
  }
};
