/** A program proved and verified several times: what each step takes. */
import { performance } from 'node:perf_hooks';
import { unwrap } from '../../packages/core/src/index.ts';
import { type CheckedProgram, commitProgram, elements } from '../../packages/programs/src/index.ts';
import { anyInput } from '../../packages/programs/test/networks.ts';
import {
  commit,
  estimate,
  type PrivateProgram,
  prove,
  proveRange,
  verify,
} from '../../packages/proofs/src/zk/index.ts';

export type Measured = {
  /** Milliseconds; `commit` is 0 where nothing is hidden. */
  readonly commit: number;
  /** Proving once that hidden weights are of their types, and the bytes of that; 0 where nothing is hidden. */
  readonly range: number;
  readonly rangeBytes: number;
  /** The first proof of the process, which finds nothing compiled yet. */
  readonly first: number;
  /** Medians. */
  readonly prove: number;
  readonly verify: number;
  readonly proofBytes: number;
  /** The most memory that the process held. */
  readonly peakBytes: number;
  /** What was estimated of proving, as a share of what it took: time, and memory of the prover. */
  readonly estimated: { readonly time: number; readonly memory: number };
};

const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const start = performance.now();
  const value = await work();
  return [value, performance.now() - start];
};

const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

/** Proofs of one commitment to few constants, where more of them make each longer; of many it makes hardly any difference. */
const PER_COMMITMENT = 4;
const MANY = 1_000_000;

/** @param proofs how many; enough that the median is not one that found everything cold */
export const measure = async (program: CheckedProgram, hidden: boolean, proofs: number): Promise<Measured> => {
  const constants = program.constants.reduce((sum, { shape }) => sum + elements(shape), 0);
  const each = constants > MANY ? Math.max(PER_COMMITMENT, proofs) : PER_COMMITMENT;
  const open = { kind: 'public', program, id: commitProgram(program).id } as const;
  const [committing, proving, verifying]: [number[], number[], number[]] = [[], [], []];
  let [proofBytes, memoryBytes] = [0, 0];
  let subject: PrivateProgram | typeof open = open;
  for (let i = 0; i < proofs; i++) {
    if (hidden && i % each === 0) {
      const [made, ms]: readonly [PrivateProgram, number] = await timed(async () =>
        unwrap(await commit(program, { proofs: each })),
      );
      subject = made;
      committing.push(ms);
    }
    const [proof, proveMs] = await timed(async () => unwrap(await prove(subject, anyInput(program, i))));
    const check = subject.kind === 'public' ? subject : subject.architecture;
    const [, verifyMs] = await timed(async () => unwrap(await verify(proof.file, check)));
    proofBytes = proof.file.length;
    memoryBytes = proof.peakBytes;
    proving.push(proveMs);
    verifying.push(verifyMs);
  }
  const [ranged, range] =
    subject.kind === 'private'
      ? await timed(async () => unwrap(await proveRange(subject as PrivateProgram)))
      : [null, 0];
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  // Last, for it proves programs of its own.
  const clock = (): number => performance.now();
  const stated = unwrap(await estimate(program, { hideWeights: hidden, proofs: each, clock }));
  return {
    commit: hidden ? median(committing) : 0,
    range,
    rangeBytes: ranged?.range?.length ?? 0,
    first: proving[0]!,
    prove: median(proving),
    verify: median(verifying),
    proofBytes,
    peakBytes,
    estimated: { time: stated.times!.proveMs / median(proving), memory: stated.memoryBytes / memoryBytes },
  };
};
