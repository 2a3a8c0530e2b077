/** Re-running a reading from its program id: what a verifier does with an analyst's report. */

import type { Subject } from '@surety/core';
import type { NameAnalyst, Reading } from './analyst.ts';
import { pureJurors } from './jurors/jurors.ts';
import { purePlayers } from './players.ts';

/**
 * The reading that `program` gives of `subject`; `null` where this build does not hold that very program.
 * Model and code are both in the id, so a reading that differs was not made by the program it names.
 */
export const rerun = (program: string, subject: Subject): Reading | null => {
  const id = /^surety\/([a-z-]+)@/.exec(program)?.[1];
  const analyst: NameAnalyst | undefined = [...purePlayers, ...pureJurors].find((a) => a.id === id);
  const reading = analyst?.readSync(subject);
  return reading?.program === program ? reading : null;
};
