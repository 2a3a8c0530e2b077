/** Runs, and claims about them with a bond. */
import { chain, chainKey, terms, watching, yes } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const CLAIMS: readonly CommandSpec[] = [
  {
    name: 'run',
    summary: 'Run a program, and prove the result or put a bond behind it',
    args: '[PROGRAM|ID] [INPUT.json|INPUT.npz]',
    takes: [0, 2],
    options: {
      prove: {
        type: 'string',
        value: 'ROUTE',
        help: 'optimistic: stands unless somebody shows it wrong in time; zk: a proof that anybody checks, or with --bond a contract; statistical: a record of its sums',
      },
      private: { type: 'string', value: 'WHAT', help: 'Zk: hide weights, input or both' },
      threads: { type: 'string', short: 't', value: 'N', help: 'Zk: how many threads prove (default: as many as pay)' },
      out: {
        type: 'string',
        short: 'o',
        value: 'FILE',
        help: 'Zk: the proof (default: PROGRAM.proof, here); statistical: the record (default: OUTPUT.sums, here)',
      },
      check: { type: 'string', value: 'FILE', help: 'Statistical: check this record of the run; offline' },
      request: { type: 'string', short: 'r', value: 'FILE', help: 'Answer this signed request, and be paid its price' },
      bond: {
        type: 'string',
        short: 'b',
        value: 'USD',
        help: 'What you lose if it is wrong (default: as the planner says)',
      },
      price: { type: 'string', value: 'USD', help: 'What you, as the requester too, pay on finality (default: $0)' },
      ...terms,
      'hide-input': { type: 'boolean', help: 'Do not show the input with the claim, however small' },
      wait: { type: 'boolean', short: 'w', help: 'Stay and defend it until it is decided' },
      key: chainKey,
      ...chain,
      ...watching,
      yes,
    },
    examples: [
      'surety run digits.program input.json --prove optimistic --bond 50',
      'surety run digits.program input.json --prove optimistic --bond 50 --window 10m --clock 5m --wait',
      'surety run --request request.json --prove optimistic',
      'surety run digits.program input.json --prove zk --private weights --out digits.proof',
      'surety run small.program input.json --prove zk --bond 50',
      'surety run digits.program input.json --prove statistical --out digits.sums',
      'surety run digits.program input.json --prove statistical --check digits.sums',
    ],
    about:
      'Several inputs are the steps of one run. The plan and the terms are shown before anything is paid. With --request, program, input and terms are those that its requester signed; PROGRAM is needed only where it was not imported here. With --prove zk and --bond a proof is claimed on the chain: one of a small program is final at once, a larger one by steps after its window. Keep "surety watch" running until the claim is final, or the bond is lost to whoever asks a question that nobody answers.',
    load: () => import('../commands/run.ts'),
  },
  {
    name: 'request',
    summary: 'Sign a request that a provider answers for a price',
    args: 'PROGRAM|ID INPUT.json|INPUT.npz',
    takes: [2, 2],
    options: {
      price: { type: 'string', value: 'USD', help: 'What you pay when the result is final' },
      bond: {
        type: 'string',
        short: 'b',
        value: 'USD',
        help: 'What the provider loses if it is wrong (default: as the planner says)',
      },
      prove: {
        type: 'string',
        value: 'ROUTE',
        help: 'optimistic: anybody may run it again (default); zk: with a proof that a contract checks, whole or by steps',
      },
      deadline: { type: 'string', value: 'TIME', help: 'How long it can be answered (default: 1h)' },
      provider: { type: 'string', value: 'ADDRESS', help: 'Who may answer it, or anyone (default: anyone)' },
      ...terms,
      out: { type: 'string', short: 'o', value: 'FILE', help: 'Where it goes (default: request-<id>.json)' },
      key: chainKey,
      ...chain,
      yes,
    },
    examples: [
      'surety request digits.program input.json --price 2 --bond 50',
      'surety request digits.program input.json --price 2 --bond 50 --deadline 2h --provider 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --out request.json',
    ],
    about:
      'Deposits the price in the Arbiter and writes one file with the request, your signature (EIP-712) and the input; hand it to providers, who need the program too. The price is locked when somebody answers, paid when the result is final, and yours again if it is refuted, if nobody answers, or after "surety cancel".',
    load: () => import('../commands/request.ts'),
  },
  {
    name: 'cancel',
    summary: 'Take back a request that nobody has answered',
    args: 'REQUEST.json',
    takes: [1, 1],
    options: { key: chainKey, ...chain },
    examples: ['surety cancel request.json'],
    load: () => import('../commands/cancel.ts'),
  },
  {
    name: 'watch',
    summary: 'Check claims, dispute wrong ones, defend your own',
    args: '',
    takes: [0, 0],
    options: {
      once: { type: 'boolean', help: 'Look once, do what is due, and end' },
      key: chainKey,
      ...chain,
      ...watching,
    },
    examples: ['surety watch', 'surety watch --once --json', 'surety watch --programs ./programs --metrics-port 9464'],
    about:
      'Runs every claim again whose program and input are held here, and lists those that are not. It can be killed at any time and goes on from the chain. With --json each message is one line.',
    load: () => import('../commands/watch.ts'),
  },
  {
    name: 'claims',
    summary: 'List claims: their state, and who has to do what by when',
    args: '',
    takes: [0, 0],
    options: chain,
    examples: ['surety claims'],
    load: () => import('../commands/claims.ts'),
  },
  {
    name: 'dispute',
    summary: 'Show a claim and its disputes: who must move until when',
    args: 'CLAIM',
    takes: [1, 1],
    options: { follow: { type: 'boolean', short: 'f', help: 'Keep showing it until it is decided' }, ...chain },
    examples: ['surety dispute 0x3fa2c1', 'surety dispute 0x3fa2c1 --follow'],
    about:
      'Says whose move it is, which layer and element is disputed, what each side stands to lose, and every move so far. Where program and input are held here, it runs them too, and shows what both sides say.',
    load: () => import('../commands/dispute.ts'),
  },
];
