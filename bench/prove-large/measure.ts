/** A program proved and verified several times: what each step takes. */
import { performance } from 'node:perf_hooks';
import { unwrap } from '../../packages/core/src/index.ts';
import { type CheckedProgram, commitProgram } from '../../packages/programs/src/index.ts';
import { anyInput } from '../../packages/programs/test/networks.ts';
import { commit, prove, verify } from '../../packages/proofs/src/zk/index.ts';

export type Measured = {
  /** Milliseconds; `commit` is 0 where nothing is hidden. */
  readonly commit: number;
  /** The first proof of the process, which finds nothing compiled yet. */
  readonly first: number;
  /** Medians. */
  readonly prove: number;
  readonly verify: number;
  readonly proofBytes: number;
  /** The most memory that the process held. */
  readonly peakBytes: number;
};

const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const start = performance.now();
  const value = await work();
  return [value, performance.now() - start];
};

const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

/** @param proofs how many; enough that the median is not one that found everything cold */
export const measure = async (program: CheckedProgram, hidden: boolean, proofs: number): Promise<Measured> => {
  const open = { kind: 'public', program, id: commitProgram(program).id } as const;
  const [subject, committing] = hidden ? await timed(async () => unwrap(await commit(program))) : ([open, 0] as const);
  const check = subject.kind === 'public' ? subject : subject.architecture;
  const [proving, verifying]: [number[], number[]] = [[], []];
  let proofBytes = 0;
  for (let i = 0; i < proofs; i++) {
    const [proof, proveMs] = await timed(async () => unwrap(await prove(subject, anyInput(program, i))));
    const [, verifyMs] = await timed(async () => unwrap(await verify(proof.file, check)));
    proofBytes = proof.file.length;
    proving.push(proveMs);
    verifying.push(verifyMs);
  }
  return {
    commit: committing,
    first: proving[0]!,
    prove: median(proving),
    verify: median(verifying),
    proofBytes,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
};
