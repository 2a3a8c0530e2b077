/**
 * `@surety/sdk/training`: proofs of training (spec 18.9), made and checked on this machine.
 *
 * `readCsv` or `tableOfArrays`, then `samplesOf` make tensors of a table; `commitDataSet`, `commitAuditSet` and
 * `commitFirstModel` give the roots to agree on; `planTraining`, `settleTraining` and `proveTraining` write the file of a proof,
 * which `verifyTraining` checks as it comes in. What the log of a node holds of the roots (`client.logged`) goes into it as `log`.
 */
export {
  type Finding,
  LOGGED_MAX_BYTES,
  type Logged,
  ok,
  type Problem,
  parseLogged,
  type Result,
  refuse,
  type Trust,
  toHex,
} from '@surety/core';
export {
  drawStates,
  readTensors,
  type Tensor,
  type TrainingShape,
  trainedModel,
  trainingStep,
  writeProgram,
  writeTensors,
} from '@surety/programs';
export {
  type AuditSet,
  type Batch,
  type ByteSource,
  commitAuditSet,
  commitDataSet,
  commitFirstModel,
  dataSetRoot,
  estimateTraining,
  OPENINGS,
  openingsOfBatch,
  percentOf,
  planTraining,
  proveTraining,
  settleTraining,
  type Training,
  type TrainingData,
  type TrainingEstimate,
  type TrainingExpected,
  type TrainingLog,
  type TrainingOptions,
  type TrainingProgress,
  type TrainingRun,
  type TrainingSecret,
  type TrainingSetting,
  trainingProgress,
  type VerifiedTraining,
  verifyTraining,
} from '@surety/proofs/zk';
export { type NumberTable, readCsv } from './training/csv.ts';
export {
  auditOf,
  batchesOf,
  type Column,
  type SampleOptions,
  type Samples,
  type Scale,
  samplesOf,
} from './training/samples.ts';
export { TRAINING_SECRECY, type TrainingSecrecy } from './training/secrecy.ts';
export { tableOfArrays } from './training/table.ts';
