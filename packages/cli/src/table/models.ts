/** Models on this machine: imported, run, committed to, signed, compared. */
import { provingThreads } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const MODELS: readonly CommandSpec[] = [
  {
    name: 'model import',
    summary: 'Make an ONNX model an exact integer program',
    args: 'MODEL.onnx',
    takes: [1, 1],
    options: {
      calibrate: { type: 'string', short: 'c', value: 'NPZ', help: 'Samples of the inputs, one array each' },
      out: { type: 'string', short: 'o', value: 'FILE', help: 'The program (default: MODEL.program, here)' },
      policy: { type: 'string', value: 'NAME', help: 'int8 or int16 (default: int8)' },
      labels: { type: 'string', value: 'NAME', help: 'Array of right answers (default: labels, where there is one)' },
      'held-out': { type: 'string', value: 'NPZ', help: 'Measure on these samples, not on those of --calibrate' },
      dimension: { type: 'string', value: 'NAME=N', help: 'Size of an open dimension', many: true },
      constant: { type: 'string', value: 'NAME=NPZ:ARRAY', help: 'Make an input part of the model', many: true },
      range: { type: 'string', value: 'NAME=LOW:HIGH', help: 'Range of an integer input', many: true },
      state: { type: 'string', value: 'IN=OUT', help: 'The output becomes the input of the next step', many: true },
      signature: { type: 'string', value: 'BUNDLE', help: "Keep the maker's signature of the model as evidence" },
      'signature-key': { type: 'string', value: 'PEM', help: "Public key that you know to be the maker's" },
      'accept-errors': { type: 'boolean', help: 'Write the program however far it is from the model' },
    },
    examples: [
      'surety model import examples/models/digits.onnx --calibrate examples/models/digits.npz',
      'surety model import net.onnx --calibrate samples.npz --held-out test.npz --policy int16 -o net.program',
    ],
    about:
      'Prints the id of the program and a report; the report also goes to FILE.json beside it. What cannot be imported is listed whole: operator, node and what to do instead. Arrays are [samples, …shape]; of a model with --state whose states the file leaves out, [sequences, steps, …shape].',
    load: () => import('../commands/model-import.ts'),
  },
  {
    name: 'model run',
    summary: 'Run a program: outputs, their hash, time',
    args: 'FILE|ID INPUT.json|INPUT.npz',
    takes: [2, 2],
    options: {
      integers: { type: 'boolean', short: 'i', help: "Numbers are the program's own integers" },
      threads: { type: 'string', short: 't', value: 'N', help: 'How many threads work (default: 1)' },
      trace: { type: 'boolean', help: 'Also hash every intermediate value' },
    },
    examples: [
      'surety model run digits.program examples/models/digits.npz',
      'surety model run 3fa2c1 input.json --trace --json',
    ],
    about:
      'JSON is {"NAME": [numbers], …}, or a list of these; - reads it from standard input. Numbers are real ones, rounded to the integers of the program; those beyond its range are set to its end and counted. Programs with states take several inputs as the steps of one sequence and keep the states themselves.',
    load: () => import('../commands/model-run.ts'),
  },
  {
    name: 'model inspect',
    summary: 'What a program is: inputs, operators, cost, id',
    args: 'FILE|ID',
    takes: [1, 1],
    options: {},
    examples: ['surety model inspect digits.program'],
    load: () => import('../commands/model-inspect.ts'),
  },
  {
    name: 'model commit',
    summary: 'Commit to a program whose weights stay hidden: its identity in proofs',
    args: 'PROGRAM|ID',
    takes: [1, 1],
    options: {
      proofs: { type: 'string', value: 'N', help: 'How many proofs it hides the weights in (default: 3)' },
      threads: provingThreads,
      new: { type: 'boolean', help: 'Commit again though there is a commitment: another identity' },
      out: {
        type: 'string',
        short: 'o',
        value: 'FILE',
        help: 'The architecture (default: PROGRAM.architecture, here)',
      },
    },
    examples: ['surety model commit digits.program', 'surety model commit digits.program --new --proofs 64'],
    about:
      'Done by "surety run --prove zk --private weights" where it was not before. The secret is kept in <home>/commitments with a count of proofs; the same secret gives the same identity, and no more proofs are made from it than hide the weights.',
    load: () => import('../commands/model-commit.ts'),
  },
  {
    name: 'model renew',
    summary: 'Go on with a private program under another commitment, shown to be to the same weights',
    args: 'PROGRAM|ID',
    takes: [1, 1],
    options: {
      threads: provingThreads,
      out: { type: 'string', short: 'o', value: 'FILE', help: 'The renewal (default: PROGRAM.renewal, here)' },
    },
    examples: ['surety model renew digits.program', 'surety verify digits.renewal --architecture digits.architecture'],
    about:
      'Takes one of the proofs of the newest commitment and one of the new one, which allows as many. Writes the new architecture here too; whoever holds the old one checks the renewal against it.',
    load: () => import('../commands/model-renew.ts'),
  },
  {
    name: 'model sign',
    summary: 'Sign a model as its maker (OpenSSF model signing)',
    args: 'FILE|FOLDER',
    takes: [1, 1],
    options: {
      key: { type: 'string', short: 'k', value: 'PEM', help: 'Private key on P-256, P-384 or P-521' },
      certificate: { type: 'string', value: 'PEM', help: 'Certificate of the key, and what leads to a root' },
      out: { type: 'string', short: 'o', value: 'BUNDLE', help: 'Where the signature goes (default: FILE.sig)' },
    },
    examples: ['surety model sign net.onnx --key key.pem'],
    load: () => import('../commands/model-sign.ts'),
  },
  {
    name: 'model verify-signature',
    summary: 'Check who signed a model',
    args: 'BUNDLE [FILE|FOLDER]',
    takes: [1, 2],
    options: {
      key: { type: 'string', short: 'k', value: 'PEM', help: "Public key that you know to be the signer's" },
      'certificate-chain': { type: 'string', value: 'PEM', help: 'Root certificates that you trust' },
    },
    examples: ['surety model verify-signature net.onnx.sig --key maker.pem'],
    about:
      'The model is BUNDLE without .sig unless it is named. Exit status: 0 shown, 1 refuted, 3 not shown by what you trust.',
    load: () => import('../commands/model-verify-signature.ts'),
  },
  {
    name: 'model probes',
    summary: 'Make a public probe set of samples for a program',
    args: 'PROGRAM SAMPLES.npz|SAMPLES.json',
    takes: [2, 2],
    options: {
      count: { type: 'string', short: 'n', value: 'N', help: 'How many samples, the first ones (default: 100)' },
      out: { type: 'string', short: 'o', value: 'FILE', help: 'Where it goes (default: probes.json)' },
    },
    examples: ['surety model probes digits.program examples/models/digits.npz'],
    about:
      'Samples are those of model run, rounded to the integers of the program. Versions with other encodings get the same real numbers. Choose probes that would show a change: everybody can measure on others.',
    load: () => import('../commands/model-probes.ts'),
  },
  {
    name: 'model drift',
    summary: 'How the answers of two programs differ on a probe set',
    args: 'PROGRAM PROGRAM PROBES.json',
    takes: [3, 3],
    options: {},
    examples: ['surety model drift digits-1.program digits-2.program probes.json'],
    about: 'The same figures as every node computes for the history of a model.',
    load: () => import('../commands/model-drift.ts'),
  },
];
