/** Reading a file as it comes in, a piece at a time: however long it is, one record lies in memory. */

/** The bytes of a file in order, in pieces of any length: a stream of the web or of Node is one. */
export type ByteSource = AsyncIterable<Uint8Array>;

/** The next bytes, so many; null where there are fewer. */
export type Take = (length: number) => Promise<Uint8Array | null>;

export type Reader = {
  readonly take: Take;
  /** Bytes taken so far. */
  readonly taken: () => number;
  /** Whether there is no byte left. */
  readonly ended: () => Promise<boolean>;
  /** Lets go of the source. */
  readonly close: () => Promise<void>;
};

export const readerOf = (source: ByteSource): Reader => {
  const pieces = source[Symbol.asyncIterator]();
  let held: Uint8Array[] = [];
  let length = 0;
  let taken = 0;
  const fill = async (wanted: number): Promise<void> => {
    while (length < wanted) {
      const { done, value } = await pieces.next();
      if (done === true) return;
      held.push(value);
      length += value.length;
    }
  };
  const take = async (wanted: number): Promise<Uint8Array | null> => {
    await fill(wanted);
    if (length < wanted) return null;
    const out = new Uint8Array(wanted);
    let [at, used] = [0, 0];
    while (at < wanted) {
      const piece = held[used]!;
      const part = piece.subarray(0, wanted - at);
      out.set(part, at);
      at += part.length;
      if (part.length === piece.length) used++;
      else held[used] = piece.subarray(part.length);
    }
    held = held.slice(used);
    length -= wanted;
    taken += wanted;
    return out;
  };
  const ended = async (): Promise<boolean> => {
    await fill(1);
    return length === 0;
  };
  return { take, taken: () => taken, ended, close: async () => void (await pieces.return?.()) };
};
