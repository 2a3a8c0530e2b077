/** A program proved and verified several times: what each step takes. */
import { performance } from 'node:perf_hooks';
import { unwrap } from '../../packages/core/src/index.ts';
import { type CheckedProgram, commitProgram, DTYPE_BYTES, elements } from '../../packages/programs/src/index.ts';
import { anyInput } from '../../packages/programs/test/networks.ts';
import { rangeProblem } from '../../packages/proofs/src/zk/api/range.ts';
import { graphOf } from '../../packages/proofs/src/zk/graph/from-program.ts';
import {
  commit,
  estimate,
  type PrivateProgram,
  prove,
  proveRange,
  renew,
  verify,
  verifyRenewal,
} from '../../packages/proofs/src/zk/index.ts';
import { planned } from '../../packages/proofs/src/zk/plan/pads.ts';
import { type Parts, partsOf } from './parts.ts';

/** A proof about a commitment: milliseconds, and bytes. */
export type Once = { readonly prove: number; readonly verify: number; readonly bytes: number };

export type Measured = {
  /** Milliseconds; `commit` is 0 where nothing is hidden. */
  readonly commit: number;
  /** Of the proof, made once, that hidden weights are of their types; and of a renewal; null where nothing is hidden. */
  readonly range: Once | null;
  readonly renewal: Once | null;
  /** The first proof of the process, which finds nothing compiled yet. */
  readonly first: number;
  /** Medians. */
  readonly prove: number;
  readonly verify: number;
  readonly proofBytes: number;
  /** Of these, what the proof is about: input and output as they are. */
  readonly shownBytes: number;
  /** What the others are. */
  readonly parts: Parts;
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
const PER_COMMITMENT = 3;
const MANY = 1_000_000;

/** Proofs about a commitment of its own; checked twice, first for the code and then for the time. */
const aboutCommitment = async (
  program: CheckedProgram,
  proofs: number,
): Promise<{ readonly range: Once; readonly renewal: Once }> => {
  const subject = unwrap(await commit(program, { proofs }));
  const [{ range }, rangeMs] = await timed(async () => unwrap(await proveRange(subject)));
  const [{ file }, renewMs] = await timed(async () => unwrap(await renew(subject)));
  let [rangeVerifyMs, renewVerifyMs] = [0, 0];
  for (let i = 0; i < 2; i++) {
    const architecture = { ...subject.architecture, range: range! };
    const [problem, ms] = await timed(() => rangeProblem(architecture));
    if (problem !== null) throw new Error(problem.message);
    rangeVerifyMs = ms;
    [, renewVerifyMs] = await timed(async () => unwrap(await verifyRenewal(file, subject.architecture)));
  }
  return {
    range: { prove: rangeMs, verify: rangeVerifyMs, bytes: range!.length },
    renewal: { prove: renewMs, verify: renewVerifyMs, bytes: file.length },
  };
};

/** @param proofs how many; enough that the median is not one that found everything cold */
export const measure = async (program: CheckedProgram, hidden: boolean, proofs: number): Promise<Measured> => {
  const constants = program.constants.reduce((sum, { shape }) => sum + elements(shape), 0);
  const each = constants > MANY ? Math.max(PER_COMMITMENT, proofs) : PER_COMMITMENT;
  const open = { kind: 'public', program, id: commitProgram(program).id } as const;
  const [committing, proving, verifying]: [number[], number[], number[]] = [[], [], []];
  let memoryBytes = 0;
  let last: { readonly file: Uint8Array; readonly check: Parameters<typeof verify>[1] } = {
    file: new Uint8Array(),
    check: open,
  };
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
    last = { file: proof.file, check };
    memoryBytes = proof.peakBytes;
    proving.push(proveMs);
    verifying.push(verifyMs);
  }
  const shown = [...program.inputs, ...program.outputs.map(({ value }) => program.types[value]!)];
  const shownBytes = shown.reduce((sum, { dtype, shape }) => sum + DTYPE_BYTES[dtype] * elements(shape), 0);
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const once = hidden ? await aboutCommitment(program, each) : { range: null, renewal: null };
  const graph = subject.kind === 'public' ? graphOf(program, false) : subject.architecture.graph;
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: hidden ? each : 0 }));
  const parts = await partsOf(plan, async () => unwrap(await verify(last.file, last.check)));
  // Last, for it proves programs of its own.
  const clock = (): number => performance.now();
  const stated = unwrap(await estimate(program, { hideWeights: hidden, proofs: each, clock }));
  return {
    commit: hidden ? median(committing) : 0,
    ...once,
    first: proving[0]!,
    prove: median(proving),
    verify: median(verifying),
    proofBytes: last.file.length,
    shownBytes,
    parts,
    peakBytes,
    estimated: { time: stated.times!.proveMs / median(proving), memory: stated.memoryBytes / memoryBytes },
  };
};
