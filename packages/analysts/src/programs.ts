/** The built-in programs as a verifier holds them: run again from a report's listed input, `{predicate, subject}`. */
import type { Json, ProgramRegistry, ProgramRun, Subject } from '@surety/core';
import { rerun } from './rerun.ts';

type Question = { readonly predicate: string; readonly subject: Subject };

const isQuestion = (input: Json): input is Question & { readonly [key: string]: Json } =>
  typeof input === 'object' && input !== null && 'predicate' in input && 'subject' in input;

/**
 * Probability of a claim's first outcome from the probability that the subject is a scam, ppm; `null` where the reader
 * abstained or the question is of another kind.
 */
export const probabilityOfFirst = (predicate: string, scamPpm: number | null): number | null => {
  if (scamPpm === null) return null;
  if (predicate === 'scam') return scamPpm;
  return predicate === 'genuine' ? 1_000_000 - scamPpm : null;
};

/** Every built-in program that reads nothing but the subject. */
export const PROGRAMS: ProgramRegistry = {
  run: (program, input): ProgramRun => {
    if (!isQuestion(input)) return { kind: 'not-held' };
    const reading = rerun(program, input.subject);
    if (reading === null) return { kind: 'not-held' };
    return { kind: 'reading', probabilityPpm: probabilityOfFirst(input.predicate, reading.probabilityPpm) };
  },
};
