/** What a proof of training hides and what it shows, part by part, in words. */
import type { Secrecy } from '../proofs/secrecy.ts';

export type TrainingSecrecy = Omit<Secrecy, 'part'> & {
  readonly part: 'data set' | 'audit set' | 'weights' | 'setting' | 'counts';
};

/** Sizes, settings and the counts that are proved are never hidden. */
export const TRAINING_SECRECY: readonly TrainingSecrecy[] = [
  { part: 'data set', hidden: true, words: 'only a root of each batch is in the proof' },
  { part: 'audit set', hidden: true, words: 'only its root is in the proof' },
  { part: 'weights', hidden: true, words: 'of every step; only roots of them and of momentum are in the proof' },
  { part: 'setting', hidden: false, words: 'widths, steps, batches, rate, momentum and sizes are public' },
  { part: 'counts', hidden: false, words: 'samples of each class, and decisions by group, are what the proof tells' },
];
