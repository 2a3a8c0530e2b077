/**
 * `@surety/sdk/proofs`: proofs of runs (spec 18), made and checked on this machine: the same in Node and in a browser tab.
 *
 * `commit` once to a program whose constants stay hidden, `proveRange` that those are of their types, `renew` the commitment
 * when its proofs run out, `prove` a run, `verify` a proof against a program or an architecture, `estimate` what proving takes: on several
 * threads, in Node, with `nodeThreads` of `@surety/sdk/threads`. `secrecyOf` says what a proof hides, `oneInput` makes tensors of numbers.
 */
export { type Finding, ok, type Problem, type Result, refuse, toHex } from '@surety/core';
export {
  bytesSource,
  commitProgram,
  createHasher,
  readNpz,
  readProgram,
  type Tensor,
  type ThreadData,
} from '@surety/programs';
export {
  type Architecture,
  type CommitmentSecret,
  commit,
  decodeArchitecture,
  type Estimate,
  encodeArchitecture,
  estimate,
  liveInTeam,
  MOST_THREADS,
  PrivateProgram,
  type Progress,
  type Proof,
  type PublicProgram,
  prove,
  proveRange,
  type Renewed,
  renew,
  type ThreadOptions,
  type ThreadPool,
  type Verified,
  type VerifiedRenewal,
  verify,
  verifyRenewal,
} from '@surety/proofs/zk';
export { inputsOfArrays, inputsOfJson } from './model-files/values.ts';
export { oneInput } from './proofs/input.ts';
export { outputsOf, type ProvedOutput } from './proofs/outputs.ts';
export { problemOf } from './proofs/problem.ts';
export { progressWords } from './proofs/progress.ts';
export { type Secrecy, secrecyOf } from './proofs/secrecy.ts';
