/** Cases of courts of contracts. */
import { chainKey, courtChain, courtStep, excluded } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const CONTRACT_COURT: readonly CommandSpec[] = [
  {
    name: 'court deploy',
    summary: 'Put a court of contracts on a development chain',
    args: '',
    takes: [0, 0],
    options: {
      'rpc-url': courtChain['rpc-url']!,
      speed: { type: 'string', value: 'N', help: 'Divide all windows of its policy by N (default: 1)' },
      'by-person': { type: 'boolean', help: 'Draw people by person, each known to the issuer for development' },
      key: chainKey,
      yes: { type: 'boolean', short: 'y', help: 'Do not ask to confirm' },
    },
    examples: ['surety court deploy', 'surety court deploy --speed 60'],
    about:
      'In the development dollar, drawn by drand, with the default policy in small amounts and the families of the built-in jurors, which your key admits. Its address is kept in <home>/court.json.',
    load: () => import('../commands/court-deploy.ts'),
  },
  {
    name: 'court ask',
    summary: 'Ask a court of contracts, without a contract',
    args: '"QUESTION"',
    takes: [1, 1],
    options: {
      policy: {
        type: 'string',
        value: 'ID',
        help: 'Policy of the case (default: that of the court deployed from here)',
      },
      answer: {
        type: 'string',
        value: 'TIME',
        help: 'How long anybody may propose an answer, from the day of a forecast or from now (default: 30d)',
      },
      reward: { type: 'string', value: 'USD', help: 'For whoever proposes what becomes final (default: none)' },
      excluded,
      ...courtStep,
    },
    examples: [
      'surety court ask "Is uniswap-claim-rewards.app a scam?"',
      'surety court ask "Is uniswap-claim-rewards.app a scam?" --reward 2 --excluded holders.txt',
    ],
    about: 'The claim is published on the chain first, so that jurors can read it. Asking again asks anew.',
    load: () => import('../commands/court-ask.ts'),
  },
  {
    name: 'court propose',
    summary: 'Answer what a contract asked, with a bond',
    args: 'chain:ID',
    takes: [1, 1],
    options: {
      for: {
        type: 'string',
        value: 'OUTCOME',
        help: 'The answer: an outcome, its number, or undecidable, too-early, invalid',
      },
      bond: { type: 'string', value: 'USD', help: 'What you lose if another is final (default: the least)' },
      ...courtStep,
    },
    examples: ['surety court propose chain:7 --for scam', 'surety court propose chain:7 --for invalid --bond 50'],
    load: () => import('../commands/court-propose.ts'),
  },
  {
    name: 'court summon',
    summary: "Call the next panel of a case as its policy's auditor",
    args: 'chain:ID',
    takes: [1, 1],
    options: courtStep,
    examples: ['surety court summon chain:7'],
    about: 'For its fees alone, without a bond.',
    load: () => import('../commands/court-summon.ts'),
  },
  {
    name: 'court strike',
    summary: 'Take seats from jurors who are excluded from a case',
    args: 'chain:ID',
    takes: [1, 1],
    options: { excluded, ...courtStep },
    examples: ['surety court strike chain:7 --excluded holders.txt'],
    about: 'While its panel is drawn. Who is drawn instead may have to be struck again.',
    load: () => import('../commands/court-strike.ts'),
  },
  {
    name: 'court show-early',
    summary: 'Show a vote that its juror let you see before its time',
    args: 'chain:ID',
    takes: [1, 1],
    options: {
      vote: { type: 'string', value: 'FILE', help: 'JSON {juror, vote, reading, salt}, as court serve keeps votes' },
      ...courtStep,
    },
    examples: ['surety court show-early chain:7 --vote sold-vote.json'],
    about: 'The vote is void, and half of what the seat loses is yours.',
    load: () => import('../commands/court-show-early.ts'),
  },
  {
    name: 'court collect',
    summary: 'Fetch what a case of a contract owes you',
    args: 'chain:ID',
    takes: [1, 1],
    options: courtStep,
    examples: ['surety court collect chain:7'],
    load: () => import('../commands/court-collect.ts'),
  },
  {
    name: 'court withdraw',
    summary: 'Pay out your balance at a court of contracts',
    args: '',
    takes: [0, 0],
    options: courtStep,
    examples: ['surety court withdraw'],
    load: () => import('../commands/court-withdraw.ts'),
  },
];
