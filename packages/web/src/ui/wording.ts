/**
 * The big answer in words. The words follow the probability and nothing else: between 40 % and 60 % the
 * page says that it is too close to call, whatever anybody hopes to read.
 */

/** How sure the wording is, by parts per million of the likelier outcome. */
const SURENESS = [
  [990_000, 'Almost certainly'],
  [900_000, 'Very likely'],
  [600_000, 'Likely'],
] as const;

/** Labels that need an article to read well in a sentence; every other label reads as it is. */
const SPOKEN: Readonly<Record<string, string>> = { scam: 'a scam' };

/** An outcome's label as it reads in a sentence. */
export const outcomeWords = (outcomes: readonly string[], index: number): string => {
  const label = outcomes[index] ?? '';
  return Object.hasOwn(SPOKEN, label) ? (SPOKEN[label] ?? label) : label;
};

export type Headline = {
  /** `Likely a scam`, `Too close to call`. */
  readonly words: string;
  /** Index of the outcome that the percentage belongs to. */
  readonly outcome: number;
  readonly probabilityPpm: number;
};

/** Whether no outcome is priced above another: then the prices give no answer, as when nobody has bet. */
export const isEven = (probabilitiesPpm: readonly number[]): boolean =>
  probabilitiesPpm.every((ppm) => ppm === probabilitiesPpm[0]);

/** The answer that the prices give now. Ties go to the first outcome. */
export const headline = (outcomes: readonly string[], probabilitiesPpm: readonly number[]): Headline => {
  let outcome = 0;
  for (let index = 1; index < probabilitiesPpm.length; index++) {
    if ((probabilitiesPpm[index] ?? 0) > (probabilitiesPpm[outcome] ?? 0)) outcome = index;
  }
  const probabilityPpm = probabilitiesPpm[outcome] ?? 0;
  const sure = SURENESS.find(([least]) => probabilityPpm >= least)?.[1];
  if (isEven(probabilitiesPpm)) return { words: 'No answer yet', outcome, probabilityPpm };
  const words = sure === undefined ? 'Too close to call' : `${sure} ${outcomeWords(outcomes, outcome)}`;
  return { words, outcome, probabilityPpm };
};

/** First letter upper case. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
