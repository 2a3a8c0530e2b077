/**
 * Large arrays that are read anew at each use. Left to the garbage collector, five copies of a layer may lie about before it
 * looks; here whoever read an array gives its memory back as soon as it is done, so that an import is as large as what it
 * works on. An array that somebody keeps is never given back: only its reader may say so, and only of one made for it.
 */
type Numeric = { readonly buffer: ArrayBufferLike };

const owned = new WeakSet<ArrayBufferLike>();

/** Marks an array that was made for the caller alone and that nobody else sees. */
export const transient = <T extends Numeric>(values: T): T => {
  owned.add(values.buffer);
  return values;
};

/** Unmarks an array that will be read again. */
export const keep = <T extends Numeric>(values: T): T => {
  owned.delete(values.buffer);
  return values;
};

/** Gives the memory of a transient array back; of any other it does nothing. The caller must not look at it again. */
export const release = ({ buffer }: Numeric): void => {
  if (owned.delete(buffer)) (buffer as ArrayBuffer).transfer(0);
};
