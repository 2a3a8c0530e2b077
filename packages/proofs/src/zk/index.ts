/**
 * Proofs of runs (spec 18): that a program, known or hidden, gave an output on an input, known or hidden. Four functions:
 * `commit` to hidden constants once, `prove` a run, `verify` a proof, `estimate` what proving takes. Pure; the same in Node
 * and in a browser.
 *
 * The main path: graph/ says what is proved, plan/ what is committed to and looked up, witness/ computes it, prove/ and
 * verify/ are the two sides, route/ passes claims from outputs to what is committed to, api/ is what callers see. constants/
 * proves what is said of a commitment to hidden constants alone. training/ chains proofs of steps of training: what goes out of
 * one goes into the next.
 */
export { type CommitmentSecret, type CommitOptions, commit, PrivateProgram } from './api/commit.ts';
export { type Estimate, type EstimateOptions, estimate } from './api/estimate.ts';
export { type ProvedRun, zkFinding } from './api/finding.ts';
export type { Clock } from './api/measured.ts';
export type { Progress, WorkOptions } from './api/options.ts';
export { type Proof, type ProveOptions, prove } from './api/prove.ts';
export { proveRange } from './api/range.ts';
export { type Renewed, renew, type VerifiedRenewal, verifyRenewal } from './api/renew.ts';
export type { PublicProgram } from './api/subject.ts';
export type { Times } from './api/times.ts';
export { type Verified, type VerifyOptions, verify } from './api/verify.ts';
export { checkedClaimFinding } from './chain/finding.ts';
export { chainKey, chainProgramId } from './chain/key.ts';
export { type ChainProof, chainProof } from './chain/proof.ts';
export { type ChainRoute, chainRoute } from './chain/routes.ts';
export { answerStep } from './chain/steps/answer.ts';
export { type StepClaimed, stepClaim } from './chain/steps/claim.ts';
export { nextStepQuestion, type StepDisputeMove } from './chain/steps/dispute.ts';
export {
  type ClaimHides,
  type ProofClaimInChain,
  type StepClaimInChain,
  stepClaimFinding,
} from './chain/steps/finding.ts';
export { claimOn } from './chain/steps/held.ts';
export { type StepProgram, type StepProgramOptions, stepProgram } from './chain/steps/program.ts';
export {
  HIDES_BYTES,
  type PublishedArchitecture,
  type PublishedData,
  publishedArchitecture,
  publishedBytes,
  publishedData,
  publishedHides,
  readPublishedArchitecture,
  readPublishedData,
} from './chain/steps/published.ts';
export { decodeStepQuestion, encodeStepQuestion, type StepQuestion } from './chain/steps/question.ts';
export { type Ran, runStepsInTurns } from './chain/steps/run.ts';
export {
  type Checked,
  checkData,
  type Focus,
  hashesIn,
  isWrong,
  type Narrowed,
  narrowed,
  questionAt,
  wholeClaim,
} from './chain/steps/search.ts';
export { type ShownData, type StepExchange, shownData } from './chain/steps/shown.ts';
export type { Named } from './file/file.ts';
export { type Architecture, decodeArchitecture, encodeArchitecture } from './graph/architecture.ts';
export { MOST_THREADS, type ThreadOptions, type ThreadPool } from './threads/pool.ts';
export { liveInTeam } from './threads/thread.ts';
export {
  type AuditSet,
  type Batch,
  type CommitTrainingOptions,
  commitAuditSet,
  commitDataSet,
  commitFirstModel,
  dataSetRoot,
} from './training/commit.ts';
export { estimateTraining, type TrainingEstimate } from './training/estimate.ts';
export type { TrainingExpected } from './training/expected.ts';
export type { TrainingRoots } from './training/header.ts';
export type { TrainingLog } from './training/logged.ts';
export { type Pair, parityProblem, percentOf } from './training/parity.ts';
export { type TrainingProgress, trainingProgress } from './training/progress.ts';
export { proveTraining, type TrainingOptions, type WriteAt } from './training/prove.ts';
export { OPENINGS } from './training/room.ts';
export { settleTraining, type TrainingData, type TrainingRun } from './training/run.ts';
export type { TrainingSecret } from './training/secret.ts';
export { openingsOfBatch, planTraining, type Training, type TrainingSetting } from './training/setting.ts';
export type { ByteSource } from './training/source.ts';
export {
  type VerifiedTraining,
  type VerifyTrainingOptions,
  verifyTraining,
} from './training/verify.ts';
