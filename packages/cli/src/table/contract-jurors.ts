/** Jurors of courts of contracts. */
import { chainKey, coin, courtChain, courtStep, drand, family } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const CONTRACT_JURORS: readonly CommandSpec[] = [
  {
    name: 'court join',
    summary: 'Register a built-in juror with a stake at a court of contracts',
    args: '',
    takes: [0, 0],
    options: {
      family,
      stake: { type: 'string', value: 'USD', help: 'What it can lose, and its weight in draws' },
      ...courtStep,
    },
    examples: ['surety court join --family grams --stake 5'],
    about: 'Once, or again with a higher stake. The key is juror and operator. On development chains only.',
    load: () => import('../commands/court-join.ts'),
  },
  {
    name: 'court leave',
    summary: 'Take back the stake that no open seat can take',
    args: '',
    takes: [0, 0],
    options: courtStep,
    examples: ['surety court leave'],
    load: () => import('../commands/court-leave.ts'),
  },
  {
    name: 'court person',
    summary: 'Take your ticket at a court of contracts that draws people by person',
    args: '',
    takes: [0, 0],
    options: {
      token: { type: 'string', value: 'HEX', help: 'A token that you have (default: ask the issuer)' },
      directory: {
        type: 'string',
        value: 'URL',
        help: "The issuer's directory (default: as the node that runs here says)",
      },
      leave: { type: 'boolean', help: 'Give the ticket back' },
      ...courtStep,
    },
    examples: ['surety court person', 'surety court person --leave'],
    about:
      'Each person has one ticket and locks nothing. The token names your key and the registry of that court; the issuer does not learn which key it is.',
    load: () => import('../commands/court-person.ts'),
  },
  {
    name: 'court vote',
    summary: 'Vote as a person who was drawn for a case of a contract',
    args: 'chain:ID',
    takes: [1, 1],
    options: {
      for: {
        type: 'string',
        value: 'OUTCOME',
        help: 'What is right: an outcome, its number, or undecidable, too-early, invalid, abstain',
      },
      reason: { type: 'string', value: 'TEXT', help: 'Why; everybody reads it once votes are open' },
      ...courtStep,
    },
    examples: ['surety court vote chain:7 --for scam --reason "The page asks for a seed phrase."'],
    about:
      'In secret: only a commitment is sent. The vote is written to <home>/court-votes first, so the command may be killed and run again, and a seat never has a second vote. Open it by "surety court reveal" once its time has come: a vote that is not opened counts as absent.',
    load: () => import('../commands/court-vote.ts'),
  },
  {
    name: 'court reveal',
    summary: 'Open your vote in a case of a contract, and publish why',
    args: 'chain:ID',
    takes: [1, 1],
    options: courtStep,
    examples: ['surety court reveal chain:7'],
    about:
      'With the vote that is kept in <home>/court-votes. The reason goes to the node of --url; run it again if that was away.',
    load: () => import('../commands/court-reveal.ts'),
  },
  {
    name: 'court serve',
    summary: 'Judge cases of contracts when drawn, and end their windows',
    args: '',
    takes: [0, 0],
    options: {
      family,
      keep: {
        type: 'string',
        value: 'own|all',
        help: 'Whose windows it ends: those of cases it has a part in, or all (default: own)',
      },
      drand,
      coin,
      floor: {
        type: 'string',
        value: 'USD',
        help: "What has to be left of a seat's fee once its gas is paid, for a panel to be drawn (default: 0)",
      },
      poll: { type: 'string', value: 'SECONDS', help: 'How often the chain is looked at (default: 2)' },
      once: { type: 'boolean', help: 'Take what is due now, and end' },
      ...courtChain,
      key: chainKey,
    },
    examples: ['surety court serve --family grams', 'surety court serve --family grams --keep all --json'],
    about:
      'A panel is drawn only if the own seat pays for its gas; seats that others drew are served in any case, and with --keep all every panel is drawn. Votes are written to <home>/court-votes before they are sent, so it may be killed at any time; without that folder a seat that has committed cannot be opened.',
    load: () => import('../commands/court-serve.ts'),
  },
];
