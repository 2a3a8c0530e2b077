/** `@surety/sdk/models`: programs, probe sets and publications of models: reading, publishing and verifying them. */
export {
  hiddenIdOf,
  MODEL_LIMITS,
  MODEL_NAME,
  type ModelCommitment,
  type Publication,
  type PublicationVerification,
  parsePublication,
  verifyPublication,
} from '@surety/core';
export {
  type CheckedProgram,
  commitProgram,
  createEngine,
  createHasher,
  type Drift,
  measureDrift,
  PROBE_LIMITS,
  type ProbeSet,
  probeSetBytes,
  probeSetId,
  type Runner,
  readProbes,
  readProgram,
} from '@surety/programs';
export { type FileSource, fileSource } from '@surety/programs/files';
export * from './publish.ts';
