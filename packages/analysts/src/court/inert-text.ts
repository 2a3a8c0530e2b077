/**
 * Text of the parties as a juror reads it: the same words, without what a reader cannot see. Bidirectional controls,
 * zero-width and tag characters, variation selectors and control characters are taken out, compatibility forms (full-width,
 * ligatures, styled letters) become plain ones, padding is cut. Look-alikes of other scripts stay: they are also honest
 * languages. What was changed is counted, so that a person can ask why it was there.
 */

export type InertText = {
  readonly text: string;
  /** Characters taken out because nobody sees them. */
  readonly invisible: number;
  /** Code points by which padding was shortened. */
  readonly padding: number;
  /** Code points cut off at the end. */
  readonly cut: number;
};

/** Control and format characters but line feeds, private use, unassigned, halves of pairs, selectors, fillers, a blank. */
const INVISIBLE = /[^\P{C}\n]|\p{Default_Ignorable_Code_Point}|\u2800/gu;

/** Marks stacked on one letter beyond what any language writes. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** The same character over and over; four still read as a pause or a line. */
const REPEATED = /([^\p{L}\p{N}\s])\1{4,}|([\p{L}\p{N}])\2{15,}/gu;

const lengthOf = (text: string): number => [...text].length;

/** The text as it is read, of at most `maxCharacters` code points. */
export const inertText = (given: string, maxCharacters: number): InertText => {
  const breaks = given.replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n').replaceAll('\t', ' ');
  const visible = breaks.replace(INVISIBLE, '');
  // Decomposing first would hide nothing more, and composing may bring out no invisible character.
  const plain = visible.normalize('NFKC');
  const packed = plain
    .replace(STACKED_MARKS, '$1')
    .replace(REPEATED, (run) => [...run].slice(0, 4).join(''))
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
  const characters = [...packed];
  return {
    text: characters.slice(0, maxCharacters).join(''),
    invisible: lengthOf(breaks) - lengthOf(visible),
    padding: Math.max(0, lengthOf(plain) - characters.length),
    cut: Math.max(0, characters.length - maxCharacters),
  };
};
