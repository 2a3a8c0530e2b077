/** Trainings that are proved. */
import { provingThreads } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const TRAINING: readonly CommandSpec[] = [
  {
    name: 'train commit',
    summary: 'Commit to a data set, an audit set or a first model: a root to agree on before',
    args: 'data|audit|model [FILE.csv|FILE.npz]',
    takes: [1, 2],
    options: {
      label: { type: 'string', value: 'COLUMN', help: 'Classes of samples, from 0 (default: label, else labels)' },
      group: { type: 'string', value: 'COLUMN', help: 'Groups of samples, 0 or 1 (default: group)' },
      scale: {
        type: 'string',
        value: '[COLUMN=]LOW:HIGH',
        help: 'What becomes -1 and 1 of a column, or of all others',
        many: true,
      },
      batch: { type: 'string', value: 'N', help: 'Of a data set: samples a step, a power of two (default: 32)' },
      widths: { type: 'string', value: 'N,…,N', help: 'Of a model: numbers of a sample, hidden units, classes' },
      proofs: { type: 'string', value: 'N', help: 'How many proofs may open it, 2 .. 64 (default: 16)' },
      log: { type: 'boolean', help: 'Enter the root in the log of the node' },
    },
    examples: [
      'surety train commit data loans.csv --label repaid --scale income=0:200',
      'surety train commit audit audit.csv --label repaid --scale income=0:200',
      'surety train commit model --widths 4,8,2',
    ],
    about:
      'Columns of labels and groups are no part of a sample. A batch is opened by each step that reads it and by the count of labels; all three are committed to for the same number of proofs, and more make proofs longer. A copy and the seed are kept in <home>/training.',
    load: () => import('../commands/train-commit.ts'),
  },
  {
    name: 'train prove',
    summary: 'Train on what was committed to, and prove every step without showing it',
    args: '',
    takes: [0, 0],
    options: {
      data: {
        type: 'string',
        value: 'ROOT',
        help: 'Data set: its root, or 6 digits of it and more (default: the only one)',
      },
      audit: { type: 'string', value: 'ROOT', help: 'Audit set' },
      model: { type: 'string', value: 'ROOT', help: 'First model' },
      steps: {
        type: 'string',
        short: 's',
        value: 'N',
        help: 'How many steps, a batch each (default: every batch once)',
      },
      rate: { type: 'string', value: '1/N', help: 'Learning rate (default: 1/16)' },
      momentum: { type: 'string', value: 'N/32', help: 'Momentum (default: 29/32)' },
      positive: { type: 'string', value: 'CLASS', help: 'What counts as a positive decision (default: 1)' },
      parity: { type: 'string', value: 'PERCENT', help: "State that the groups' rates are at most so far apart" },
      log: {
        type: 'boolean',
        help: 'Enter the roots in the log of the node before proving; what shows it is written beside',
      },
      until: { type: 'string', value: 'N', help: 'Stop after step N for now' },
      threads: provingThreads,
      resume: { type: 'string', short: 'r', value: 'FILE', help: 'Go on with a file that was left' },
      out: { type: 'string', short: 'o', value: 'FILE', help: 'The proof (default: ROOT.training, here)' },
    },
    examples: [
      'surety train prove --data 3fa2c1 --audit 77ab02 --model 19cd5e --steps 24 --parity 10% -o loans.training',
      'surety train prove --resume loans.training',
    ],
    about:
      'Each step is on the disk before the next begins: what is stopped or killed loses at most the step under way, and goes on with --resume, here or wherever file and <home>/training are. The same run gives the same proof again. The trained model is written beside it as a program. Check it with "surety verify".',
    load: () => import('../commands/train-prove.ts'),
  },
];
