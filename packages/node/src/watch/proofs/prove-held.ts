/** A run of what is held here, proved for the contract that judges its proofs: checked whole where it is small, else by steps. */
import { askRoute, type Chain, type Contracts } from '@surety/chain';
import { SuretyError, to0x, unwrap } from '@surety/core';
import type { CheckedProgram, Tensor } from '@surety/programs';
import {
  type Architecture,
  type ChainProof,
  type ChainRoute,
  chainProof,
  chainRoute,
  commit,
  type Progress,
  prove,
  type StepClaimed,
  stepClaim,
} from '@surety/proofs/zk';
import type { Holdings } from '../holdings.ts';
import { notHeld } from '../optimistic.ts';
import type { Subject } from '../subject.ts';

/** Most gas of a transaction (EIP-7825), less what the Arbiter takes beside the proof. */
const MOST_PROOF_GAS = 2n ** 24n - 2n ** 20n;

export type ProvedRun = {
  readonly program: CheckedProgram;
  readonly outputs: readonly Tensor[];
  readonly architecture: Architecture;
  readonly run: ChainProof['run'];
  readonly judged:
    | { readonly kind: 'checked'; readonly proof: Uint8Array; readonly gas: bigint }
    | { readonly kind: 'steps'; readonly claimed: StepClaimed };
};

/**
 * The proof that a contract checks whole, if it does and its gas fits into a transaction; else `null`.
 * @throws {SuretyError} `chain.unreachable`: what could not be asked is no reason to claim on other terms
 */
const checkedWhole = async (
  chain: Chain,
  { proofVerifier }: Contracts,
  architecture: Architecture,
  file: Uint8Array,
): Promise<Pick<ProvedRun, 'run' | 'judged'> | null> => {
  const made = await chainProof(architecture, file);
  if (!made.ok) return null;
  const { run, proof } = made.value;
  const ids = { program: to0x(run.program), input: to0x(run.input), output: to0x(run.output), trace: to0x(run.trace) };
  const said = await askRoute(chain, proofVerifier, ids, to0x(proof));
  if (!said.ok && said.problem.code === 'chain.unreachable') throw new SuretyError(said.problem);
  if (!said.ok || said.value.holds !== 'shown' || said.value.gas > MOST_PROOF_GAS) return null;
  return { run, judged: { kind: 'checked', proof, gas: said.value.gas } };
};

/**
 * The claim by steps of a proof that holds. Of a program whose weights read the input itself, an input of zeros has none (spec 20.6).
 * @param inputs that the proof shows; `null` where it hides them
 * @param next what to do about zeros
 * @throws {SuretyError} `proof.unsupported`, and all that {@link stepClaim} says
 */
export const claimedBySteps = async (
  architecture: Architecture,
  file: Uint8Array,
  inputs: readonly Tensor[] | null,
  next: string,
): Promise<StepClaimed> => {
  const made = await stepClaim(architecture, file);
  const isZero = inputs?.every(({ values }) => values.every((value) => value === 0)) === true;
  // Its proof says less than the steps read.
  if (made.ok || made.problem.code === 'proof.unsupported' || !isZero) return unwrap(made);
  throw new SuretyError({
    code: 'proof.unsupported',
    message: 'An input of zeros proves nothing of the first weights, and has no claim by steps.',
    next,
    field: 'INPUT',
  });
};

/**
 * Runs and proves what may be shown; constants are committed to and not hidden.
 * @param route on which it has to be claimed; `null` for the one that settles it soonest
 * @throws {SuretyError} `program.not-held`, `chain.unreachable`, `proof.unsupported`, also for an input of zeros that is too large
 * to be checked whole
 */
export const proveHeld = async (
  chain: Chain,
  contracts: Contracts,
  holdings: Holdings,
  subject: Subject,
  progress: (at: Progress) => void,
  route: ChainRoute | null = null,
): Promise<ProvedRun> => {
  const { program: id, steps, input } = subject;
  const found = holdings.program(id, []);
  if (found === null) throw notHeld('program', id);
  const inputs = holdings.input(input);
  if (inputs === null) throw notHeld('input', input);
  if (steps !== null)
    throw new SuretyError({
      code: 'proof.unsupported',
      message: `The program is run ${steps} times, and a proof is of one run.`,
      next: 'Give one input, or claim it with --prove optimistic.',
      field: 'INPUT',
      value: String(steps),
      limit: '1',
    });
  const { program } = found;
  unwrap(await chainRoute(program));
  const committed = unwrap(await commit(program, { proofs: 0 }));
  const { architecture } = committed;
  const { file, outputs } = unwrap(await prove(committed, inputs, { progress }));
  const common = { program, outputs, architecture };
  const whole = route === 'steps' ? null : await checkedWhole(chain, contracts, architecture, file);
  if (whole !== null) return { ...common, ...whole };
  const claimed = await claimedBySteps(architecture, file, inputs, 'Claim it with --prove optimistic.');
  return { ...common, run: claimed.run, judged: { kind: 'steps', claimed } };
};
