/** A prover that says one message otherwise, and goes on from there. */
import { Transcript } from '../src/zk/channel/transcript.ts';

/**
 * @param number of the message of the first proof that `work` makes, behind the statement; null for none
 * @param byte of it that is another: changed before it is absorbed, and so in the proof as well
 */
export const saying = async <T>(number: number | null, byte: number, work: () => Promise<T>): Promise<T> => {
  if (number === null) return work();
  const { absorb } = Transcript.prototype;
  let prover: Transcript | null = null;
  let absorbed = 0;
  Transcript.prototype.absorb = function (bytes) {
    prover ??= this;
    if (this === prover && bytes.length > 0 && absorbed++ === number + 1) bytes[byte]! ^= 1;
    absorb.call(this, bytes);
  };
  try {
    return await work();
  } finally {
    Transcript.prototype.absorb = absorb;
  }
};
