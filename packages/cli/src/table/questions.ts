/** Questions and their receipts. */
import { yes } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const QUESTIONS: readonly CommandSpec[] = [
  {
    name: 'ask',
    summary: 'Ask a question; get an answer with a receipt',
    args: '"QUESTION"',
    takes: [1, 1],
    options: {
      budget: { type: 'string', short: 'b', value: 'USD', help: 'What you pay to open its market (default: $0.05)' },
      close: {
        type: 'string',
        short: 'c',
        value: 'TIME',
        help: 'How long others may trade, e.g. 10m or 2h (default: 10m)',
      },
      cover: { type: 'boolean', help: 'Ask for cover: be paid if the final answer is overturned' },
      out: {
        type: 'string',
        short: 'o',
        value: 'FILE',
        help: 'Where the receipt goes (default: receipt-<subject>.json)',
      },
      wait: { type: 'boolean', short: 'w', help: 'Stay until the answer is final' },
      yes,
    },
    examples: [
      'surety ask "Is uniswap-claim-rewards.app a scam?"',
      'surety ask "Is 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48 the real USDC?" --budget 0.20 --close 30m',
      'surety ask "Is google.com a scam?" --yes --json',
    ],
    about:
      'The question is read back in plain words before anything is paid. The first answer is provisional; the market stays open for other players until it closes.',
    load: () => import('../commands/ask.ts'),
  },
  {
    name: 'verify',
    summary: 'Check a receipt or a proof offline: what it shows, assumes and does not prove',
    args: 'RECEIPT|PROOF...',
    takes: [1, 1_000],
    options: {
      trust: { type: 'string', short: 't', value: 'FILE', help: 'Keys you trust (default: <home>/trust.json)' },
      fresh: { type: 'boolean', help: 'Also ask the node whether a later ruling replaces it' },
      programs: {
        type: 'string',
        short: 'p',
        value: 'DIR',
        help: 'Tensor programs (*.program) to run again',
      },
      program: { type: 'string', value: 'FILE|ID', help: 'Of a proof: the program that was run' },
      architecture: {
        type: 'string',
        value: 'FILE',
        help: 'Of a proof with hidden weights: what is public of the program',
      },
      input: { type: 'string', value: 'ID|FILE', help: 'Of a proof: the input that it has to be about' },
      output: { type: 'string', value: 'ID', help: 'Of a proof: the output that it has to be about' },
      integers: { type: 'boolean', short: 'i', help: "Numbers of --input are the program's own integers" },
      data: { type: 'string', value: 'ROOT', help: 'Of a training: the data set that it has to be on' },
      audit: { type: 'string', value: 'ROOT', help: 'Of a training: the audit set that decisions are counted on' },
      model: { type: 'string', value: 'ROOT', help: 'Of a training: the first model' },
      parity: { type: 'string', value: 'PERCENT', help: "Of a training: how far the groups' rates may be apart" },
      logged: { type: 'string', value: 'FILE', help: 'Of a training: entries of a log that hold its roots' },
      all: { type: 'boolean', short: 'a', help: 'Show every finding, not only the summary of each link' },
    },
    examples: [
      'surety verify digits.proof --program digits.program',
      'surety verify digits.proof --architecture digits.architecture',
      'surety verify loans.training --data ROOT --audit ROOT --model ROOT --parity 10%',
      'surety verify receipt.json',
      'surety verify receipt-*.json',
      'surety verify receipt.json --trust trust.json --json',
      'surety verify receipt.json --programs ./programs',
    ],
    about:
      'Needs no node; - reads standard input. Exit status: 0 trusted, 1 broken, 3 not issued or logged by keys that you trust, 4 of another network, 5 of a development network that your trust file does not allow, 6 replaced by a later ruling; of several receipts, the status of the first that is not trusted.',
    load: () => import('../commands/verify.ts'),
  },
  {
    name: 'redeem',
    summary: 'Collect the cover of an overturned receipt',
    args: 'RECEIPT',
    takes: [1, 1],
    options: {
      key: {
        type: 'string',
        short: 'k',
        value: 'FILE',
        help: 'Key of the beneficiary (default: <home>/keys/cli.json)',
      },
    },
    examples: ['surety redeem receipt.json'],
    load: () => import('../commands/redeem.ts'),
  },
  {
    name: 'demo tamper',
    summary: 'Change one thing in a receipt and see which link breaks',
    args: '[RECEIPT]',
    takes: [0, 1],
    options: {
      trust: { type: 'string', short: 't', value: 'FILE', help: 'Keys you trust (default: <home>/trust.json)' },
      path: {
        type: 'string',
        short: 'p',
        value: 'FIELD',
        help: 'Change this field, e.g. predicate.outcome or log.index',
      },
      seed: { type: 'string', short: 's', value: 'N', help: 'Flip one bit of the file; which one follows from N' },
    },
    examples: [
      'surety demo tamper',
      'surety demo tamper receipt.json --path predicate.outcome',
      'surety demo tamper receipt.json --seed 7',
    ],
    about:
      'Works on a copy in memory; the file stays as it is. Without --path or --seed it changes what an analyst said.',
    load: () => import('../commands/demo-tamper.ts'),
  },
];
