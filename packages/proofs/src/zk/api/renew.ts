/** Going on under another commitment to the same constants, when the proofs of one run out. */
import { type Finding, ok, type Problem, type Result, refuse, sameBytes, toHex } from '@surety/core';
import { ProofError } from '../channel/problem.ts';
import { checkRenewal, proveRenewal, type Renewal, renewalLayout } from '../constants/renewal.ts';
import { decodeRenewal, encodeRenewal } from '../file/renewal.ts';
import type { Architecture } from '../graph/architecture.ts';
import { ProofMemory } from '../memory.ts';
import { planned } from '../plan/pads.ts';
import { committingNanoseconds } from '../plan/work.ts';
import { type ThreadOptions, threadsFor, threadsProblem } from '../threads/pool.ts';
import { type CommitmentSecret, newSecret, type PrivateProgram } from './commit.ts';
import { renewalFinding } from './finding.ts';
import type { WorkOptions } from './options.ts';
import { refuted } from './refuted.ts';

export type Renewed = {
  /** What {@link verifyRenewal} reads. */
  readonly file: Uint8Array;
  /** Of the new commitment, which has served one of its proofs: for {@link commit}. */
  readonly secret: CommitmentSecret;
  /** What verifiers hold from now on, without a proof of range. */
  readonly architecture: Architecture;
};

/** The renewal is one proof of either commitment, and one more has to be worth it. */
const LEAST_PROOFS = 2;

const unrenewable = (proofs: number): Problem => ({
  code: 'proof.unsupported',
  message: `A commitment for ${proofs} proofs is not renewed.`,
  next:
    proofs === 0
      ? 'Go on with it: it hides nothing that could be used up.'
      : 'Commit again, for more proofs: it gets a new identity.',
  field: 'proofs',
  value: `${proofs}`,
  limit: `${LEAST_PROOFS} or more`,
});

/**
 * Commits to the same constants under a new secret and proves that they are the same. It takes one of the proofs of the old
 * commitment and one of the new; the number of proofs stays, and so does the architecture.
 * Problems: `proof.unsupported` for commitments of less than two proofs, `proof.used-up`, `input.out-of-range` for a number of
 * threads that cannot be had.
 * @throws SuretyError `program.too-large` for more memory than the commitment was allowed: it takes twice as much;
 * `proof.thread-lost`
 * @throws the reason of `options.signal` when that is aborted
 */
export const renew = async (
  subject: PrivateProgram,
  { signal, ...others }: Pick<WorkOptions, 'signal'> & ThreadOptions = {},
): Promise<Result<Renewed>> => {
  signal?.throwIfAborted();
  const wrong = threadsProblem(others);
  if (wrong !== null) return refuse(wrong);
  const { graph, commitment, architecture } = subject;
  const { proofs, id } = architecture;
  if (proofs < LEAST_PROOFS) return refuse(unrenewable(proofs));
  const plan = await planned(graph, { hideInput: false, proofs });
  if (!plan.ok) return plan;
  const before = subject.usedUp();
  if (before !== null) return refuse(before);
  const { seed } = newSecret();
  const threads = threadsFor(others, committingNanoseconds(plan.value));
  const made = await subject.exclusive((memory) =>
    memory.together(threads, others.pool, async (joined) => {
      await joined();
      const fresh = subject.committedUnder(memory, plan.value, seed);
      signal?.throwIfAborted();
      // Neither threads that do not start nor a commitment that is not made cost a proof; others may have taken the last one meanwhile.
      const none = subject.takeProof();
      if (none !== null) return refuse(none);
      const renewal: Renewal = { architecture: id, from: architecture.weights, to: fresh.root };
      const proof = await proveRenewal(memory, renewalLayout(plan.value), renewal, [commitment, fresh]);
      return ok({ file: encodeRenewal(renewal, proof), weights: fresh.root });
    }),
  );
  if (!made.ok) return made;
  const { range: _, ...named } = architecture;
  return ok({
    file: made.value.file,
    secret: { seed, used: 1 },
    architecture: { ...named, weights: made.value.weights },
  });
};

export type VerifiedRenewal = Renewal & { readonly finding: Finding };

/**
 * Checks that a renewal holds.
 * Problems: `proof.malformed`, `proof.other` for an architecture that is neither the old nor the new one, `proof.refuted`.
 * @param architecture with the root of either commitment
 */
export const verifyRenewal = async (
  file: Uint8Array,
  { graph, id, proofs, weights }: Architecture,
): Promise<Result<VerifiedRenewal>> => {
  const read = decodeRenewal(file);
  if (!read.ok) return read;
  const { renewal, proof } = read.value;
  const other = (field: string, given: Uint8Array, limit: string): Problem => ({
    code: 'proof.other',
    message: `The renewal is about another ${field}.`,
    next: 'Check it against the architecture that is renewed, or the one that it leads to.',
    field,
    value: toHex(given),
    limit,
  });
  if (!sameBytes(renewal.architecture, id)) return refuse(other('architecture', renewal.architecture, toHex(id)));
  if (![renewal.from, renewal.to].some((root) => sameBytes(root, weights))) {
    return refuse(other('weights', weights, `${toHex(renewal.from)} or ${toHex(renewal.to)}`));
  }
  if (proofs < LEAST_PROOFS) return refuse(unrenewable(proofs));
  const plan = await planned(graph, { hideInput: false, proofs });
  if (!plan.ok) return plan;
  try {
    await ProofMemory.lend(undefined, (memory) => checkRenewal(memory, renewalLayout(plan.value), renewal, proof));
  } catch (error) {
    if (error instanceof ProofError) return refuse(refuted(error.message, 'renewal'));
    throw error;
  }
  return ok({ ...renewal, finding: renewalFinding('zk', renewal, proofs) });
};
