/** Proofs under fixed randomness, timed: the same code in Node and in a page. */
import { sha256, toHex, unwrap } from '../../packages/core/src/index.ts';
import { type CheckedProgram, commitProgram } from '../../packages/programs/src/index.ts';
import {
  anyInput,
  MLP_WIDTHS,
  mlpProgram,
  randomLayers,
  VGG16,
  vggProgram,
} from '../../packages/programs/test/networks.ts';
import { Random } from '../../packages/programs/test/random.ts';
import { commit, prove, type ThreadOptions, verify } from '../../packages/proofs/src/zk/index.ts';

export type Network = 'small' | 'mlp' | 'vgg';
export type Hidden = 'nothing' | 'input' | 'weights' | 'both';

export type Case = {
  /** SHA-256 of the file of the proof. */
  readonly digest: string;
  readonly bytes: number;
  /** Fastest of the proofs made, milliseconds. */
  readonly prove: number;
  readonly verify: number;
};

const PROGRAMS: Readonly<Record<Network, () => CheckedProgram>> = {
  small: () => mlpProgram([784, 10], randomLayers([784, 10], 1)),
  mlp: () => mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1)),
  vgg: () => vggProgram(VGG16, 32, 1),
};

/** From here on the platform's generator gives the same bytes everywhere: only so can proofs that hide be compared. */
const fixRandomness = (): void => {
  const random = new Random(1);
  const fill = <T extends Uint8Array | Uint32Array>(array: T): T => {
    for (let i = 0; i < array.length; i++) array[i] = random.bits();
    return array;
  };
  Object.defineProperty(crypto, 'getRandomValues', { value: fill, configurable: true });
};

/** @param times how often it is proved, the first time apart, which compiles */
export const measure = async (
  network: Network,
  hidden: Hidden,
  times: number,
  threads: ThreadOptions = {},
): Promise<Case> => {
  const program = PROGRAMS[network]();
  const inputs = anyInput(program, 1);
  const hideInput = hidden === 'input' || hidden === 'both';
  const secret = { seed: new Uint8Array(32).fill(7), used: 0 };
  fixRandomness();
  const subject =
    hidden === 'weights' || hidden === 'both'
      ? unwrap(await commit(program, { secret, proofs: times + 1, ...threads }))
      : ({ kind: 'public', program, id: commitProgram(program).id } as const);
  const made: { milliseconds: number; file: Uint8Array }[] = [];
  for (let i = 0; i <= times; i++) {
    fixRandomness();
    const started = performance.now();
    const { file } = unwrap(await prove(subject, inputs, { hideInput, ...threads }));
    made.push({ milliseconds: performance.now() - started, file });
  }
  const { file } = made[0]!;
  const verifier = subject.kind === 'public' ? subject : subject.architecture;
  const checks: number[] = [];
  for (let i = 0; i <= times; i++) {
    const started = performance.now();
    unwrap(await verify(file, verifier));
    checks.push(performance.now() - started);
  }
  const fastest = Math.min(...made.slice(1).map(({ milliseconds }) => milliseconds));
  return { digest: toHex(sha256(file)), bytes: file.length, prove: fastest, verify: Math.min(...checks.slice(1)) };
};
