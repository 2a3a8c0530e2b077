/** 32-bit hashing of features: FNV-1a with the final mix of MurmurHash3. Not for security; the salt is. */

const FNV_PRIME = 0x01000193;
const FNV_OFFSET = 0x811c9dc5;

/** The running state before the first character. */
export const hashStart = (salt: number): number => Math.imul(FNV_OFFSET ^ salt, FNV_PRIME) ^ (salt >>> 16);

/** The state after one more UTF-16 unit. */
export const hashStep = (state: number, unit: number): number => Math.imul(state ^ unit, FNV_PRIME);

/** A state as a bin of `2^bits`. */
export const hashBin = (state: number, bits: number): number => {
  let h = state ^ (state >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> (32 - bits);
};

/** A whole string as a bin of `2^bits`. */
export const hashText = (text: string, salt: number, bits: number): number => {
  let state = hashStart(salt);
  for (let i = 0; i < text.length; i++) state = hashStep(state, text.charCodeAt(i));
  return hashBin(state, bits);
};
