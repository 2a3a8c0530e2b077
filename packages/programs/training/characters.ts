/** Names as numbers: the alphabet that the models of names here share. */

export const ALPHABET = ' abcdefghijklmnopqrstuvwxyz0123456789-.';

/** One more than the letters: what is none of them. */
export const SYMBOLS = ALPHABET.length + 1;

/** The place of each character in the alphabet, cut or filled with spaces (0) to a length. */
export const toIds = (name: string, length: number): Int32Array =>
  Int32Array.from({ length }, (_, i) => {
    if (i >= name.length) return 0;
    const id = ALPHABET.indexOf(name[i]!);
    return id < 0 ? ALPHABET.length : id;
  });
