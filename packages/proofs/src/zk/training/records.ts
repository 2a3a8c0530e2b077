/**
 * The file of a proof of training behind its header: records in order, each with what it shows, the length of its proof, and
 * the proof. First the balance of labels, then every step with the root of the state that it ends with, last the audit.
 */
import { concatBytes, ok, type Result } from '@surety/core';
import { elements, type Tensor, tensor } from '@surety/programs';
import { i32, malformed, u32 } from '../file/bytes.ts';
import { mostProofBytes } from '../plan/size.ts';
import { ROOT_BYTES } from '../verify/opened.ts';
import type { Link, LinkProof } from './link.ts';
import type { Training } from './setting.ts';
import type { Take } from './source.ts';

export type TrainingRecord = LinkProof & {
  /** Of the state after a step; null of the two that are no step. */
  readonly state: Uint8Array | null;
};

/** Records of a file that is whole. */
export const recordsOf = ({ setting }: Training): number => setting.steps + 2;

/** The step of a record; null of the balance and the audit. */
export const stepOf = ({ setting }: Training, record: number): number | null =>
  record === 0 || record > setting.steps ? null : record - 1;

export const linkOf = (training: Training, record: number): Link => {
  if (record === 0) return training.balance;
  return stepOf(training, record) === null ? training.audit : training.step;
};

/** What problems call a record. */
export const nameOf = (training: Training, record: number): string => {
  const step = stepOf(training, record);
  if (step !== null) return `steps[${step}]`;
  return record === 0 ? 'balance' : 'audit';
};

export const encodeRecord = ({ state, outputs, proof }: TrainingRecord): Uint8Array =>
  concatBytes(
    state ?? new Uint8Array(),
    ...outputs.flatMap(({ values }) => Array.from(values, i32)),
    u32(proof.length),
    proof,
  );

const shownOf = ({ plan }: Link) =>
  plan.graph.outputs.filter((_, i) => !plan.hiddenOutputs.includes(i)).map(({ value }) => plan.graph.types[value]!);

/**
 * The record of that number, or null where the file ends before it does.
 * Problems: `proof.malformed` for one that is longer than any such proof.
 */
export const readRecord = async (
  training: Training,
  record: number,
  take: Take,
): Promise<Result<TrainingRecord | null>> => {
  const link = linkOf(training, record);
  const state = stepOf(training, record) === null ? null : await take(ROOT_BYTES);
  const types = shownOf(link);
  const numbers = types.reduce((sum, { shape }) => sum + elements(shape), 0);
  const bytes = await take(4 * numbers + 4);
  if (bytes === null) return ok(null);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const outputs = types.map(({ shape }): Tensor => {
    const values = Array.from({ length: elements(shape) }, () => view.getInt32(4 * at++));
    return tensor('i32', shape, values);
  });
  const length = view.getUint32(4 * numbers);
  const most = await mostProofBytes(link.plan);
  if (length > most) {
    const name = nameOf(training, record);
    return malformed(name, `The proof of ${name} has ${length} bytes, and ${most} at most are one.`);
  }
  const proof = await take(length);
  return ok(proof === null ? null : { state, outputs, proof });
};
