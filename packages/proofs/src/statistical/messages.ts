/** SHA-256 of many long messages at once, four at a time in the kernels' memory. */
import { createLanes, type Lanes, SLACK_BYTES, up } from './lanes.ts';

/** SHA-256 of each message. All messages have one length. */
export type HashMessages = (messages: readonly Uint8Array[]) => readonly Uint8Array[];

/** Messages that lie in the kernels' memory at a time: no more than stay in a cache, unless four are longer. */
const TOGETHER_BYTES = 2 ** 17;

/** Digests of messages of one length that lie one behind the other. @param free first free byte of the memory */
export const hashPlaced = (
  lanes: Lanes,
  of: { readonly at: number; readonly length: number; readonly count: number },
  free: number,
): Uint8Array[] => {
  const { hashLong, longScratch } = lanes.kernels;
  const out = up(free + longScratch());
  lanes.reserve(out + 32 * of.count);
  hashLong(of.at, of.length, of.count, out, free);
  const digests = new Uint8Array(32 * of.count);
  digests.set(lanes.bytes.subarray(out, out + digests.length));
  return Array.from({ length: of.count }, (_, i) => digests.subarray(32 * i, 32 * i + 32));
};

export const createMessageHasher = async (): Promise<HashMessages> => {
  const lanes = await createLanes();
  const at = lanes.taken;
  return (messages) => {
    const length = messages[0]?.length ?? 0;
    const together = Math.max(4, Math.floor(TOGETHER_BYTES / Math.max(1, length)));
    const digests: Uint8Array[] = [];
    for (let first = 0; first < messages.length; first += together) {
      const some = messages.slice(first, first + together);
      const free = up(at + some.length * length + SLACK_BYTES);
      lanes.reserve(free);
      for (const [i, message] of some.entries()) lanes.bytes.set(message, at + i * length);
      digests.push(...hashPlaced(lanes, { at, length, count: some.length }, free));
    }
    return digests;
  };
};
