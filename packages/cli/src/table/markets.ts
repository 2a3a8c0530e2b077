/** Markets, and those who play in them. */
import { model } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const MARKETS: readonly CommandSpec[] = [
  {
    name: 'markets',
    summary: 'List markets, newest first',
    args: '',
    takes: [0, 0],
    options: {
      status: { type: 'string', short: 's', value: 'STATUS', help: 'open, closed, resolved or settled' },
      limit: { type: 'string', short: 'n', value: 'N', help: 'How many (default: 20)' },
    },
    examples: ['surety markets', 'surety markets --status open'],
    load: () => import('../commands/markets.ts'),
  },
  {
    name: 'market',
    summary: 'Show one market: price, players, evidence',
    args: 'ID',
    takes: [1, 1],
    options: {
      follow: { type: 'boolean', short: 'f', help: 'Keep showing what happens' },
      out: { type: 'string', short: 'o', value: 'FILE', help: 'Keep its newest receipt in this file' },
    },
    examples: ['surety market 3fa2c1', 'surety market 3fa2c1 --follow', 'surety market 3fa2c1 --out receipt.json'],
    about: 'The first characters of an id are enough where they fit one market only.',
    load: () => import('../commands/market.ts'),
  },
  {
    name: 'player new',
    summary: 'Write a small player of your own',
    args: 'NAME',
    takes: [1, 1],
    options: {},
    examples: ['surety player new mybot'],
    load: () => import('../commands/player-new.ts'),
  },
  {
    name: 'player add',
    summary: 'Give a player an account and let it trade',
    args: '[FILE]',
    takes: [0, 1],
    options: {
      ...model,
      hidden: {
        type: 'boolean',
        help: 'Name the program only by the commitment that hides it (model publish --hidden)',
      },
    },
    examples: [
      'surety player add mybot.mjs',
      'surety model publish site-names.program --name site-names',
      'surety player add --model site-names.program --adapter site-names.adapter.json',
    ],
    about:
      'Needs no trust of the node. A model attaches a report to each market that it plays: the id of its program, its adapter, and which tensors went in and came out. Whoever holds the program runs it again; a node that does not hold it refuses the report, so publish it there first (model publish), or play hidden.',
    load: () => import('../commands/player-add.ts'),
  },
  {
    name: 'player backtest',
    summary: 'Score a player on questions whose answers are known',
    args: '[FILE]',
    takes: [0, 1],
    options: {
      ...model,
      data: {
        type: 'string',
        short: 'd',
        value: 'JSONL',
        help: 'Lines of {"question", "outcome"} (default: markets that people or a record decided)',
      },
    },
    examples: [
      'surety player backtest mybot.mjs',
      'surety player backtest mybot.mjs --data labels.jsonl',
      'surety player backtest --model site-names.program --adapter site-names.adapter.json --data labels.jsonl',
    ],
    load: () => import('../commands/player-backtest.ts'),
  },
];
