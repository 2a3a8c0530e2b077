/** Committing to the hidden constants of a program: once, for any number of proofs. */
import { concatBytes, ok, type Problem, type Result, refuse, utf8 } from '@surety/core';
import { type CheckedProgram, commitProgram } from '@surety/programs';
import type { Committed } from '../commit/commit.ts';
import { u32 } from '../file/bytes.ts';
import { type Architecture, architectureId } from '../graph/architecture.ts';
import { graphOf, MOST_PROOFS } from '../graph/from-program.ts';
import type { ProofGraph } from '../graph/graph.ts';
import { ProofMemory } from '../memory.ts';
import { planned } from '../plan/pads.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { committingNanoseconds } from '../plan/work.ts';
import type { Random } from '../prove/opened.ts';
import { SEED_BYTES, seededWords } from '../random.ts';
import { type ThreadOptions, threadsFor, threadsProblem } from '../threads/pool.ts';
import type { WorkOptions } from './options.ts';
import { commitWeights } from './weights.ts';

/**
 * What the owner of a private program keeps, in secret: with the program it gives the same commitment again, and so the same
 * identity. Whoever makes proofs in two places with one of these shows more than it allows.
 */
export type CommitmentSecret = {
  /** 32 random bytes. */
  readonly seed: Uint8Array;
  /** Proofs made so far. */
  readonly used: number;
};

/**
 * A program with the commitment to its hidden constants: what proofs about it are made from. The encoded constants lie in
 * memory, some twenty bytes for each; they are made anew from program and secret rather than kept in a file.
 */
export class PrivateProgram {
  readonly kind = 'private';
  /** What its verifiers hold. */
  readonly architecture: Architecture;
  /** The architecture with the values of its constants. */
  readonly graph: ProofGraph;
  readonly commitment: Committed;
  private readonly memory: ProofMemory;
  private readonly seed: Uint8Array;
  /** P of the program, and the number of proofs. */
  private readonly hides: Uint8Array;
  private used: number;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    memory: ProofMemory,
    graph: ProofGraph,
    commitment: Committed,
    architecture: Architecture,
    { seed, used }: CommitmentSecret,
    hides: Uint8Array,
  ) {
    this.memory = memory;
    this.seed = seed;
    this.hides = hides;
    this.used = used;
    this.graph = graph;
    this.commitment = commitment;
    this.architecture = architecture;
  }

  /** To be kept after every proof. */
  get secret(): CommitmentSecret {
    return { seed: this.seed, used: this.used };
  }

  /** Elements that follow from the secret, other ones for each purpose. */
  seeded(purpose: string): Random {
    return seededWords(this.seed, concatBytes(utf8(purpose), this.hides));
  }

  /** The commitment to the same constants under another secret, in the same memory. */
  committedUnder(memory: ProofMemory, plan: ProofPlan, seed: Uint8Array): Committed {
    return commitWeights(memory, plan, seededWords(seed, this.hides));
  }

  /** That no proof is left of those that the commitment hides its constants in; null while one is. */
  usedUp(): Problem | null {
    const { proofs } = this.architecture;
    if (proofs === 0 || this.used < proofs) return null;
    return {
      code: 'proof.used-up',
      message: `The commitment has served the ${proofs} proofs that it hides its constants in.`,
      next: 'Commit to the program again with a new seed; it gets a new identity. `renew` links one to the next while a proof is left.',
      field: 'proofs',
      value: `${this.used}`,
      limit: `${proofs}`,
    };
  }

  /** Takes one of these, whatever becomes of it; a problem if none is left. */
  takeProof(): Problem | null {
    const none = this.usedUp();
    if (none === null && this.architecture.proofs > 0) this.used++;
    return none;
  }

  /** One proof at a time takes room above the commitment, and gives it back. */
  exclusive<T>(work: (memory: ProofMemory) => Promise<T>): Promise<T> {
    const done = this.queue.then(async () => {
      const mark = this.memory.mark();
      this.memory.peak = mark;
      try {
        return await work(this.memory);
      } finally {
        this.memory.release(mark);
      }
    });
    this.queue = done.catch(() => undefined);
    return done;
  }
}

export const newSecret = (): CommitmentSecret => ({
  seed: crypto.getRandomValues(new Uint8Array(SEED_BYTES)),
  used: 0,
});

/** Proofs that a commitment hides its constants in unless stated. */
export const PROOFS = 3;

export type CommitOptions = WorkOptions &
  ThreadOptions & {
    /**
     * How many proofs the commitment hides the constants in, {@link PROOFS} unless stated: each shows some of its columns, and so many
     * tell nothing. More lengthen proofs: of small programs much, of millions of constants hardly. 0 binds without hiding: shorter proofs for verifiers that are only too weak to run the program.
     */
    readonly proofs?: number;
    /** Of an earlier commitment to the same program, to make it again; a new one unless stated. */
    readonly secret?: CommitmentSecret;
  };

/**
 * Commits to every constant of a program but tables, shifts and indices.
 * Problems: `proof.unsupported` where the program cannot be proved, `input.out-of-range` for a number of threads that cannot be had.
 * @throws SuretyError `program.too-large` for more memory than allowed, `proof.thread-lost`
 */
export const commit = async (
  program: CheckedProgram,
  { memoryBytes, signal, proofs = PROOFS, secret = newSecret(), ...others }: CommitOptions = {},
): Promise<Result<PrivateProgram>> => {
  signal?.throwIfAborted();
  const wrong = threadsProblem(others);
  if (wrong !== null) return refuse(wrong);
  const graph = graphOf(program, true, proofs);
  if (![...graph.hidden].some((id) => graph.needed[id])) {
    return refuse({
      code: 'proof.unsupported',
      message: 'The program has no constants that could be hidden.',
      next: 'Prove it as a public program.',
      field: 'constants',
    });
  }
  if (!Number.isSafeInteger(proofs) || proofs < 0 || proofs > MOST_PROOFS) {
    const limit = `0 to ${MOST_PROOFS}`;
    const message = `A commitment cannot hide constants in ${proofs} proofs.`;
    return refuse({
      code: 'proof.unsupported',
      message,
      next: `Allow ${limit}.`,
      field: 'proofs',
      value: `${proofs}`,
      limit,
    });
  }
  const { seed, used } = secret;
  if (seed.length !== SEED_BYTES || !Number.isSafeInteger(used) || used < 0) {
    const limit = `${SEED_BYTES} bytes, and a number of proofs`;
    const message = 'The secret of a commitment is not one.';
    return refuse({ code: 'proof.malformed', message, next: `Give ${limit}.`, field: 'secret', limit });
  }
  const plan = await planned(graph, { hideInput: false, proofs });
  if (!plan.ok) return plan;
  const memory = await ProofMemory.create(memoryBytes);
  const hides = concatBytes(commitProgram(program).id, u32(proofs));
  const threads = threadsFor(others, committingNanoseconds(plan.value));
  const commitment = await memory.together(threads, others.pool, async (joined) => {
    await joined();
    return commitWeights(memory, plan.value, seededWords(secret.seed, hides));
  });
  const architecture: Architecture = {
    kind: 'private',
    graph,
    id: architectureId(graph, proofs),
    weights: commitment.root,
    proofs,
  };
  return ok(new PrivateProgram(memory, graph, commitment, architecture, secret, hides));
};
