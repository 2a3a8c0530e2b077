/** One network proved and verified in a process of its own, so that what it takes of memory is known: prints JSON. */
import { performance } from 'node:perf_hooks';
import { unwrap } from '../../packages/core/src/index.ts';
import { type CheckedProgram, commitProgram } from '../../packages/programs/src/index.ts';
import {
  anyInput,
  MLP_WIDTHS,
  mlpProgram,
  randomLayers,
  VGG16,
  vggProgram,
} from '../../packages/programs/test/networks.ts';
import { transformerProgram } from '../../packages/programs/test/transformer.ts';
import { commit, prove, verify } from '../../packages/proofs/src/zk/index.ts';

export type Network = 'small' | 'mlp' | 'vgg' | 'transformer';

export type Case = {
  /** Milliseconds; `commit` is 0 where nothing is hidden. */
  readonly commit: number;
  readonly prove: number;
  readonly verify: number;
  readonly proofBytes: number;
  /** The most memory that the process held. */
  readonly peakBytes: number;
};

/** Enough that the median is not one that found everything cold. */
const PROOFS = 5;

const made: Readonly<Record<Network, () => Promise<CheckedProgram>>> = {
  small: async () => mlpProgram([784, 10], randomLayers([784, 10], 1)),
  mlp: async () => mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1)),
  vgg: async () => vggProgram(VGG16, 32, 1),
  transformer: () => transformerProgram({ layers: 6, tokens: 64, width: 512, heads: 8, hidden: 2048 }, 1),
};

const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const start = performance.now();
  const value = await work();
  return [value, performance.now() - start];
};

const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

const measure = async (network: Network, hidden: boolean): Promise<Case> => {
  const program = await made[network]();
  const open = { kind: 'public', program, id: commitProgram(program).id } as const;
  const [subject, committing] = hidden ? await timed(async () => unwrap(await commit(program))) : ([open, 0] as const);
  const check = subject.kind === 'public' ? subject : subject.architecture;
  const [proving, verifying]: [number[], number[]] = [[], []];
  let proofBytes = 0;
  for (let i = 0; i < PROOFS; i++) {
    const [proof, proveMs] = await timed(async () => unwrap(await prove(subject, anyInput(program, i))));
    const [, verifyMs] = await timed(async () => unwrap(await verify(proof.file, check)));
    proofBytes = proof.file.length;
    proving.push(proveMs);
    verifying.push(verifyMs);
  }
  return {
    commit: committing,
    prove: median(proving),
    verify: median(verifying),
    proofBytes,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
};

const [network, hides] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await measure(network as Network, hides === 'hidden'))}\n`);
