/**
 * `@surety/sdk/model-files`: models as exact programs, on this machine. In Node only: it reads and writes files.
 *
 * `importModel` makes a program of an ONNX file and says what that cost; `openProgram` reads one back; `runModel` runs it;
 * `probesOf` makes public probes of samples; `signFile` and `checkSignature` keep the evidence of who made a model.
 * `trainingStep` and `generationStep` write steps that `runIterated` runs one after the other (docs/verified-training.md).
 */
export { type Problem, type Result, toHex } from '@surety/core';
export type {
  CheckedProgram,
  ConversionReport,
  InputSpec,
  Interval,
  NumericArray,
  OutputReport,
  StatePair,
  Tensor,
  TokenStep,
  TrainingShape,
} from '@surety/programs';
export {
  commitProgram,
  createEngine,
  elements,
  generationStep,
  iteratedId,
  iterationRoot,
  listRoot,
  readNpz,
  runIterated,
  tensor,
  trainedModel,
  trainingStep,
  unitOf,
  weightNames,
  writeTensors,
} from '@surety/programs';
export { encodeWhole, type WholeInput } from './model-files/encode.ts';
export * from './model-files/import.ts';
export * from './model-files/open.ts';
export * from './model-files/probes.ts';
export * from './model-files/run.ts';
export * from './model-files/signature.ts';
export { type CheckedSums, checkSums, type ProvenSums, proveSums, type SumsOptions } from './model-files/sums.ts';
export { readNumbers } from './model-files/values.ts';
