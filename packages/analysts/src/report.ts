/** What an analyst's reading says about a claim, and the exact input that lets a verifier run it again. Pure. */
import type { AnalystReport, Json, QuestionClaim } from '@surety/core';
import type { Reading } from './analyst.ts';
import { probabilityOfFirst } from './programs.ts';

/** What a program is given: the subject and what is asked of it. Running it again needs nothing else. */
export const inputOf = ({ predicate, subject }: QuestionClaim): Json => ({ predicate, subject });

/** A reading as evidence. */
export const reportOf = (claim: QuestionClaim, analyst: string, reading: Reading, at: number): AnalystReport => ({
  kind: 'analyst-report',
  analyst,
  program: reading.program,
  ...(reading.execution === undefined ? {} : { execution: reading.execution }),
  input: inputOf(claim),
  probabilityPpm: probabilityOfFirst(claim.predicate, reading.probabilityPpm),
  saw: reading.saw,
  didNotSee: reading.didNotSee,
  reasons: reading.reasons.map(({ text }) => text),
  at,
});
