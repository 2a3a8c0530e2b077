/** What `--private` says that a proof is to hide. */
import { UsageError } from '../refusal.ts';
import type { Values } from '../table.ts';

export type Hidden = { readonly weights: boolean; readonly input: boolean };

export const hiddenIn = ({ private: given }: Values): Hidden => {
  if (given === undefined) return { weights: false, input: false };
  if (given === 'weights' || given === 'input' || given === 'both')
    return { weights: given !== 'input', input: given !== 'weights' };
  throw new UsageError(`--private cannot be ${given}.`, 'Write --private weights, input or both.', '--private');
};
