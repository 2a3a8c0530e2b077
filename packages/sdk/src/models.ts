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
  createEngine,
  type Drift,
  measureDrift,
  PROBE_LIMITS,
  type ProbeSet,
  probeSetBytes,
  probeSetId,
  type Runner,
  readProbes,
} from '@surety/programs';
export * from './publish.ts';
