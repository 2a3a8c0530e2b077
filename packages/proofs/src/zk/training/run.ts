/** A run of training that is settled: everything that its proofs follow from. */
import { ok, type Result, refuse } from '@surety/core';
import type { Tensor } from '@surety/programs';
import { type AuditSet, type Batch, commitAuditSet, commitDataSet, commitFirstModel } from './commit.ts';
import { encodeHeader, runId, type TrainingRoots } from './header.ts';
import type { TrainingSecret } from './secret.ts';
import type { Training } from './setting.ts';

export type TrainingData = {
  /** First weights and momentum, in the order of the step's inputs. */
  readonly states: readonly Tensor[];
  readonly batches: readonly Batch[];
  readonly audit: AuditSet;
};

/** A run that is settled: its data and its first model are committed to, and no step is made. */
export type TrainingRun = {
  readonly training: Training;
  readonly data: TrainingData;
  readonly secret: TrainingSecret;
  readonly roots: TrainingRoots;
  /** The beginning of its file. */
  readonly header: Uint8Array;
  /** Names the run: SHA-256 of the header. */
  readonly id: Uint8Array;
};

/**
 * Settles a run, by committing to everything again.
 * Problems: those of the commitments, `program.input` for data that are not of the setting.
 */
export const settleTraining = async (
  training: Training,
  data: TrainingData,
  secret: TrainingSecret,
): Promise<Result<TrainingRun>> => {
  const { setting } = training;
  const { openings } = setting;
  if (data.batches.length !== setting.batches) {
    const message = `There are ${data.batches.length} batches of the data set.`;
    const next = 'Give the data set that the setting is about.';
    return refuse({ code: 'program.input', message, next, field: 'batches', limit: `${setting.batches}` });
  }
  const model = await commitFirstModel(data.states, { openings, seed: secret.model });
  if (!model.ok) return model;
  const auditSet = await commitAuditSet(data.audit, { openings, seed: secret.auditSet });
  if (!auditSet.ok) return auditSet;
  const dataSet = await commitDataSet(data.batches, { openings, seed: secret.dataSet });
  if (!dataSet.ok) return dataSet;
  const roots = { model: model.value, auditSet: auditSet.value, batches: dataSet.value.batches };
  const header = encodeHeader({ setting, roots });
  return ok({ training, data, secret, roots, header, id: runId(header) });
};
