/** Which outcome of a case somebody means. Who asked chose the names, so a name may look like another outcome's number. */
import { OUTCOME, ok, type Result, refuse } from '@surety/core';

/** Codes by their names. */
export type Beside = Readonly<Record<string, number>>;

/** What anybody can stand for beside the listed outcomes. */
export const BESIDE: Beside = {
  undecidable: OUTCOME.undecidable,
  'too-early': OUTCOME.tooEarly,
  invalid: OUTCOME.invalid,
};

type Listed = {
  readonly caseId: bigint;
  readonly outcomes: number;
  /** Names in the claim; none where its text is not known. */
  readonly labels: readonly string[];
  /** What there is beside the listed ones. */
  readonly beside: Beside;
};

/**
 * The code of an outcome by its name, its number with or without `#`, or what there is beside the listed ones.
 * @returns `court.unknown-outcome` where it is none, or could be two
 */
export const outcomeNamed = (name: string, { caseId, outcomes, labels, beside }: Listed): Result<number> => {
  const number = /^#?(\d{1,2})$/.exec(name)?.[1];
  const meant = new Set([
    ...labels.flatMap((label, code) => (label === name ? [code] : [])),
    ...(beside[name] === undefined ? [] : [beside[name]]),
    ...(number === undefined || Number(number) >= outcomes ? [] : [Number(number)]),
  ]);
  const [code] = meant;
  if (code !== undefined && meant.size === 1) return ok(code);
  const numbers = [...Array(outcomes).keys()].map((each) => `#${each}`);
  const choices = meant.size > 1 ? numbers : [...(labels.length > 0 ? labels : numbers), ...Object.keys(beside)];
  return refuse({
    code: 'court.unknown-outcome',
    message:
      meant.size > 1
        ? `"${name}" could be two outcomes of case ${caseId}: one has it as its name, another as its number or kind.`
        : `Case ${caseId} has no outcome "${name}".`,
    next: `Use one of ${choices.map((each) => `"${each}"`).join(', ')}.`,
    field: '--for',
    value: name,
  });
};
