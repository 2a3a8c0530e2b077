/** Proving a training run, step by step, without showing weights or data. */
import { ok, type Result } from '@surety/core';
import type { Tensor } from '@surety/programs';
import { SEED_BYTES } from '../random.ts';
import { type LinkProof, proveLink } from './link.ts';
import type { Training } from './setting.ts';

export type TrainingData = {
  /** First weights and momentum, in the order of the step's inputs. */
  readonly states: readonly Tensor[];
  /** `x` `[batch, width]` and `labels` `[batch]` of each batch. */
  readonly batches: readonly { readonly x: Tensor; readonly labels: Tensor }[];
  /** `x` `[samples, width]` and `group` `[samples]`. */
  readonly audit: { readonly x: Tensor; readonly group: Tensor };
};

export type TrainingProof = {
  /** Roots of the states before each step, and after the last. */
  readonly states: readonly Uint8Array[];
  readonly batches: readonly Uint8Array[];
  readonly auditSet: Uint8Array;
  readonly steps: readonly LinkProof[];
  readonly balance: LinkProof;
  readonly audit: LinkProof;
};

export type TrainingOptions = {
  readonly signal?: AbortSignal;
  /** Called after each step with the number of steps done. */
  readonly onStep?: (done: number) => void;
};

const seed = (): Uint8Array => crypto.getRandomValues(new Uint8Array(SEED_BYTES));

const shown = ({ outputs, proof }: LinkProof): LinkProof => ({ outputs, proof });

/**
 * Trains and proves every step, the balance of labels and the audit.
 * Problems: `program.input`.
 * @returns the proof, and the last states, which are nobody else's
 * @throws the reason of `options.signal` when that is aborted
 */
export const proveTraining = async (
  training: Training,
  data: TrainingData,
  { signal, onStep }: TrainingOptions = {},
): Promise<Result<{ readonly proof: TrainingProof; readonly states: readonly Tensor[] }>> => {
  const { setting, step, balance, audit, batchOf } = training;
  const batchSeeds = data.batches.map(seed);
  const counted = await proveLink(
    balance,
    data.batches.flatMap(({ x, labels }) => [x, labels]),
    batchSeeds,
    signal,
  );
  if (!counted.ok) return counted;
  let states = data.states;
  let before = seed();
  const steps: LinkProof[] = [];
  const roots: Uint8Array[] = [];
  for (let at = 0; at < setting.steps; at++) {
    const after = seed();
    const batch = batchOf(at);
    const { x, labels } = data.batches[batch]!;
    const made = await proveLink(step, [...states, x, labels], [before, batchSeeds[batch]!, after], signal);
    if (!made.ok) return made;
    const [entering, , leaving] = made.value.roots;
    if (at === 0) roots.push(entering!);
    roots.push(leaving!);
    steps.push(shown(made.value));
    states = step.plan.hiddenOutputs.map((output) => made.value.all[output]!);
    before = after;
    onStep?.(at + 1);
  }
  const { x, group } = data.audit;
  const audited = await proveLink(audit, [...states, x, group], [before, seed()], signal);
  if (!audited.ok) return audited;
  const proof = {
    states: roots,
    batches: counted.value.roots,
    auditSet: audited.value.roots[1]!,
    steps,
    balance: shown(counted.value),
    audit: shown(audited.value),
  };
  return ok({ proof, states });
};
