/** Models that are published at a node. */
import { yes } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const PUBLICATIONS: readonly CommandSpec[] = [
  {
    name: 'model publish',
    summary: 'Commit to a program in public, shown now or by a date',
    args: 'PROGRAM',
    takes: [1, 1],
    options: {
      name: { type: 'string', short: 'n', value: 'NAME', help: 'Name among your models: a-z 0-9 . _ -' },
      hidden: { type: 'boolean', help: 'Publish only a salted commitment, and reveal the program later' },
      'reveal-by': {
        type: 'string',
        value: 'DATE',
        help: 'Day, moment in UTC or wait: 2027-01-31, 2027-01-31T12:00Z, 30d',
      },
      bond: {
        type: 'string',
        short: 'b',
        value: 'USD',
        help: 'What is burnt if it is not revealed in time (default: $1)',
      },
      probes: { type: 'string', value: 'FILE', help: 'Public probe set, on which versions are compared' },
      signature: { type: 'string', value: 'BUNDLE', help: 'Model-signing bundle of the maker, carried as it is' },
      out: {
        type: 'string',
        short: 'o',
        value: 'FILE',
        help: 'Where the publication goes (default: publication-<name>-<version>.json)',
      },
      yes,
    },
    examples: [
      'surety model publish digits.program --name digits --probes probes.json',
      'surety model publish digits.program --name digits --hidden --reveal-by 2027-01-31 --bond 5',
    ],
    about:
      'Shows that your key committed to these bytes, not that the model is good. The salt of a hidden publication is kept in <home>/salts: back it up, for nobody can reveal without it.',
    load: () => import('../commands/model-publish.ts'),
  },
  {
    name: 'model reveal',
    summary: 'Show the program of a hidden publication and get its bond back',
    args: 'PUBLICATION PROGRAM',
    takes: [2, 2],
    options: { salt: { type: 'string', value: 'HEX', help: 'Its salt (default: the one in <home>/salts)' } },
    examples: ['surety model reveal publication-digits-2.json digits.program'],
    about: 'PUBLICATION is a file or an id. After the date it is accepted too, shown as late, and the bond stays lost.',
    load: () => import('../commands/model-reveal.ts'),
  },
  {
    name: 'model history',
    summary: 'Versions of a model, where each stands, and how answers drifted',
    args: 'MODEL',
    takes: [1, 1],
    options: {},
    examples: ['surety model history digits', 'surety model history 0x70997970C51812dc3A010C7d01b50e0d17dc79C8/digits'],
    about: 'MODEL is <publisher>/<name>, or the name of one of yours.',
    load: () => import('../commands/model-history.ts'),
  },
  {
    name: 'model verify',
    summary: 'Check that a program file is the one of an id or of a publication',
    args: 'PROGRAM',
    takes: [1, 1],
    options: {
      id: { type: 'string', value: 'ID', help: 'Compare with this program id' },
      publication: {
        type: 'string',
        short: 'p',
        value: 'FILE|ID',
        help: 'Compare with what this publication commits to',
      },
      trust: { type: 'string', short: 't', value: 'FILE', help: 'Keys you trust (default: <home>/trust.json)' },
      out: { type: 'string', short: 'o', value: 'FILE', help: 'Keep the publication, to check it offline' },
    },
    examples: [
      'surety model verify digits.program --publication publication-digits-2.json',
      `surety model verify digits.program --id ${'3f'.repeat(32)}`,
    ],
    about:
      'Needs no node where the publication is a file. Exit status: 0 the same program, 1 another one or something broken, 3 not shown.',
    load: () => import('../commands/model-verify.ts'),
  },
];
