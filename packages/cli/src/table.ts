/** Every command in one table: help, completions, did-you-mean and argument checking are read from it. */
import { CLAIMS } from './table/claims.ts';
import { CONTRACT_COURT } from './table/contract-court.ts';
import { CONTRACT_JURORS } from './table/contract-jurors.ts';
import { COURT } from './table/court.ts';
import { MACHINE } from './table/machine.ts';
import { MARKETS } from './table/markets.ts';
import { MODELS } from './table/models.ts';
import { PUBLICATIONS } from './table/publications.ts';
import { QUESTIONS } from './table/questions.ts';
import type { CommandSpec } from './table/spec.ts';
import { TRAINING } from './table/training.ts';

export { GLOBAL_OPTIONS } from './table/options.ts';
export type { CommandSpec, Context, OptionSpec, Run, Values } from './table/spec.ts';

/** As help lists them, each group under its title. */
export const GROUPS: readonly (readonly [title: string, commands: readonly CommandSpec[]])[] = [
  ['Questions', QUESTIONS],
  ['Markets', MARKETS],
  ['Court', COURT],
  ['Courts of contracts', [...CONTRACT_COURT, ...CONTRACT_JURORS]],
  ['Models', [...MODELS, ...PUBLICATIONS]],
  ['Training', TRAINING],
  ['Claims with a bond', CLAIMS],
  ['This machine', MACHINE],
];

export const COMMANDS: readonly CommandSpec[] = GROUPS.flatMap(([, commands]) => commands);
