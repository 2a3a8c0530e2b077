/** The court of a node. */
import { coin, courtChain } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const COURT: readonly CommandSpec[] = [
  {
    name: 'court',
    summary: 'List cases of the court, or show the ladder of one',
    args: '[ID]',
    takes: [0, 1],
    options: {
      ended: { type: 'boolean', help: 'Those that have ended' },
      chain: { type: 'boolean', help: 'Those that contracts asked' },
      coin,
      ...courtChain,
    },
    examples: [
      'surety court',
      'surety court 3fa2c1',
      'surety court --ended',
      'surety court --chain',
      'surety court chain:7',
    ],
    about:
      'ID is that of the market, or chain: and the number of a case that a contract asked; the latter needs no node. People vote on the page, where a vote can be kept until it is opened, in a case of a contract also by surety court vote.',
    load: () => import('../commands/court.ts'),
  },
  {
    name: 'challenge',
    summary: 'Contest an answer, appeal a ruling, or call people, with money and a reason',
    args: 'ID',
    takes: [1, 1],
    options: {
      for: {
        type: 'string',
        value: 'OUTCOME',
        help: 'What you stand for: an outcome, or undecidable, too-early, invalid',
      },
      reason: { type: 'string', value: 'TEXT', help: 'Why; everybody reads it' },
      pay: { type: 'string', value: 'DOLLARS', help: 'How much (default: all that is missing)' },
      key: { type: 'string', short: 'k', value: 'FILE', help: 'Key of your wallet (default: <home>/keys/cli.json)' },
      ...courtChain,
      yes: { type: 'boolean', short: 'y', help: 'Of a case of a contract: do not ask to confirm' },
    },
    examples: [
      'surety challenge chain:7 --for legitimate',
      'surety challenge 3fa2c1 --for legitimate --reason "It is the maker’s own page."',
    ],
    load: () => import('../commands/challenge.ts'),
  },
  {
    name: 'person',
    summary: 'Show the court once that you are one person, by a token of the issuer that it believes',
    args: '',
    takes: [0, 0],
    options: {
      token: { type: 'string', value: 'HEX', help: 'A token that you have (default: ask the issuer)' },
      key: { type: 'string', short: 'k', value: 'FILE', help: 'Key of your wallet (default: <home>/keys/cli.json)' },
    },
    examples: ['surety person'],
    about:
      'Where a court draws people by person and not by stake, each has one ticket and locks nothing. The issuer does not learn which account it is.',
    load: () => import('../commands/person.ts'),
  },
];
