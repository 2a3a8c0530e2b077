/**
 * The case file: a claim, and what each side says for its outcome. Every side has the same room, so that nobody's text can
 * push out another's; what is beyond it is cut, never refused, since a refusal would let one side silence the case.
 */

import { idOf, isOutcome, OUTCOME, ok, parseClaim, type QuestionClaim, type Result, shapes as s } from '@surety/core';
import { type InertText, inertText } from './inert-text.ts';

/** Votes that no claim lists: spec 21. */
export const SPECIAL_OUTCOMES = {
  abstain: OUTCOME.abstain,
  undecidable: OUTCOME.undecidable,
  'too-early': OUTCOME.tooEarly,
  invalid: OUTCOME.invalid,
} as const;

export const CASE_LIMITS = {
  sides: 19,
  exhibitsPerSide: 16,
  titleCharacters: 120,
  /** Of all exhibits of one side, in their order. */
  charactersPerSide: 6_000,
  /** Longest text that is taken in at all, before anything is cut. */
  givenCharacters: 200_000,
} as const;

/** A piece of evidence as a party hands it in. */
export type GivenExhibit = { readonly title: string; readonly text: string };
export type GivenSide = { readonly outcome: number; readonly exhibits: readonly GivenExhibit[] };

export type Exhibit = {
  /** `2.1`: the first exhibit for outcome 2. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly changed: Pick<InertText, 'invisible' | 'padding' | 'cut'>;
};

export type CaseFile = {
  readonly claim: QuestionClaim;
  /** By outcome, so that no order of payment or of arrival shows. */
  readonly sides: readonly { readonly outcome: number; readonly exhibits: readonly Exhibit[] }[];
  /** SHA-256 of the claim and of everything as it is read, hex. */
  readonly id: string;
};

const given = s.list(
  s.object({
    outcome: s.integer({ min: 0, max: SPECIAL_OUTCOMES.invalid }),
    exhibits: s.list(
      s.object({
        title: s.text({ max: CASE_LIMITS.givenCharacters }),
        text: s.text({ max: CASE_LIMITS.givenCharacters }),
      }),
      { min: 0, max: CASE_LIMITS.exhibitsPerSide },
    ),
  }),
  { min: 0, max: CASE_LIMITS.sides },
);

const exhibitsOf = ({ outcome, exhibits }: GivenSide): Exhibit[] => {
  let room: number = CASE_LIMITS.charactersPerSide;
  return exhibits.map((exhibit, i) => {
    const title = inertText(exhibit.title.replaceAll('\n', ' '), CASE_LIMITS.titleCharacters);
    const { text, ...changed } = inertText(exhibit.text, room);
    room -= [...text].length;
    return { id: `${outcome}.${i + 1}`, title: title.text, text, changed };
  });
};

/**
 * The case file as jurors read it.
 * @returns the file, or what is wrong with the claim or the sides: unknown outcomes, an outcome twice, too many exhibits
 */
export const readCaseFile = (claim: unknown, sides: unknown): Result<CaseFile> => {
  const parsed = parseClaim(claim);
  if (!parsed.ok) return parsed;
  const { outcomes } = parsed.value;
  const checked = s.where(given, (list) => {
    const at = list.findIndex(
      ({ outcome }, i) =>
        !isOutcome(outcome, parsed.value.outcomes.length) || list.slice(0, i).some((side) => side.outcome === outcome),
    );
    if (at < 0) return null;
    const limit = `each outcome of the claim (0 .. ${outcomes.length - 1}, 253 .. 255) once`;
    return { code: 'input.out-of-range', field: `${at}.outcome`, what: 'is none, or was there before', limit };
  })(sides, 'sides');
  if (!checked.ok) return checked;
  const read = [...checked.value]
    .sort((a, b) => a.outcome - b.outcome)
    .map((side) => ({ outcome: side.outcome, exhibits: exhibitsOf(side) }));
  return ok({ claim: parsed.value, sides: read, id: idOf({ claim: parsed.value, sides: read }) });
};
