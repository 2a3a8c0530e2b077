/** What a claim is about, in a few words. */
import type { RunSummary } from '@surety/protocol';

/** The program's name, or as much of its id as tells it apart. */
export const programName = ({ program }: Pick<RunSummary, 'program'>): string =>
  program.name ?? `Program ${program.id.slice(0, 8)}…${program.id.slice(-4)}`;

/** `64 steps` of an iterated program; nothing of one that runs once. */
export const stepsWords = ({ program }: Pick<RunSummary, 'program'>): string =>
  program.steps === null || program.steps === 1 ? '' : `${program.steps} steps`;

/** Whether places in it have to name a step. */
export const isIterated = ({ program }: Pick<RunSummary, 'program'>): boolean => (program.steps ?? 1) > 1;
