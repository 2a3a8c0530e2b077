/** One network proved and verified in a process of its own, so that what it takes of memory is known: prints JSON. */
import type { CheckedProgram } from '../../packages/programs/src/index.ts';
import { MLP_WIDTHS, mlpProgram, randomLayers, VGG16, vggProgram } from '../../packages/programs/test/networks.ts';
import { transformerProgram } from '../../packages/programs/test/transformer.ts';
import { measure } from './measure.ts';
import { onThreads } from './on-threads.ts';

export type Network = 'small' | 'mlp' | 'vgg' | 'transformer';

const made: Readonly<Record<Network, () => Promise<CheckedProgram>>> = {
  small: async () => mlpProgram([784, 10], randomLayers([784, 10], 1)),
  mlp: async () => mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1)),
  vgg: async () => vggProgram(VGG16, 32, 1),
  transformer: () => transformerProgram({ layers: 6, tokens: 64, width: 512, heads: 8, hidden: 2048 }, 1),
};

/** Small ones vary more, and take no time. */
const PROOFS: Readonly<Record<Network, number>> = { small: 40, mlp: 7, vgg: 5, transformer: 5 };

/** A network by its name, or a perceptron by its widths: `64x32`. */
const programOf = (name: string): Promise<CheckedProgram> => {
  const widths = name.split('x').map(Number);
  if (widths.every(Number.isInteger)) return Promise.resolve(mlpProgram(widths, randomLayers(widths, 1)));
  return made[name as Network]();
};

const [name = '', hides, proofs, threads] = process.argv.slice(2);
const count = Number(proofs ?? PROOFS[name as Network]);
const work = threads === 'threads' ? onThreads : measure;
process.stdout.write(`${JSON.stringify(await work(await programOf(name), hides === 'hidden', count))}\n`);
