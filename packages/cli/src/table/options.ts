/** Options that several commands have. */
import type { OptionSpec } from './spec.ts';

export const GLOBAL_OPTIONS: { readonly [name: string]: OptionSpec } = {
  json: { type: 'boolean', help: 'Print one JSON document for programs' },
  url: { type: 'string', value: 'URL', help: 'Node to talk to (default: the one that runs here)' },
  home: { type: 'string', value: 'DIR', help: 'Folder of keys and data (default: .surety)' },
  quiet: { type: 'boolean', short: 'q', help: 'No remarks' },
  'no-color': { type: 'boolean', help: 'No colours' },
  help: { type: 'boolean', short: 'h', help: 'Show help' },
  version: { type: 'boolean', short: 'V', help: 'Show the version' },
};

/** A player that is a model. */
export const model: { readonly [name: string]: OptionSpec } = {
  model: { type: 'string', short: 'm', value: 'PROGRAM', help: 'Program file of a model that plays, instead of FILE' },
  adapter: {
    type: 'string',
    short: 'a',
    value: 'JSON',
    help: 'How questions become its input, and its output a belief',
  },
  name: { type: 'string', short: 'n', value: 'NAME', help: 'What it is called (default: as its file or adapter)' },
};

/** Which chain, key and contracts. */
export const chain: { readonly [name: string]: OptionSpec } = {
  'rpc-url': { type: 'string', value: 'URL', help: 'JSON-RPC of the chain (default: that of the node that runs here)' },
  token: {
    type: 'string',
    value: 'ADDRESS',
    help: 'Dollar token of the chain, where it is not the development dollar',
  },
  arbiter: { type: 'string', value: 'ADDRESS', help: 'Arbiter, where it is not as "surety deploy" puts it' },
  verifier: { type: 'string', value: 'ADDRESS', help: 'Tensor verifier, where it is not as "surety deploy" puts it' },
  'proof-verifier': { type: 'string', value: 'ADDRESS', help: 'The same of the contract that checks proofs' },
  'step-verifier': { type: 'string', value: 'ADDRESS', help: 'The same of the contract that carries out their steps' },
};

export const chainKey: OptionSpec = {
  type: 'string',
  short: 'k',
  value: 'FILE',
  help: 'File with a key, 32 bytes in hex (default: <home>/keys/cli.json)',
};

/** Which chain and court of contracts. */
export const courtChain: { readonly [name: string]: OptionSpec } = {
  'rpc-url': { type: 'string', value: 'URL', help: 'JSON-RPC of the chain (default: that of the node that runs here)' },
  court: { type: 'string', value: 'ADDRESS', help: 'Court of contracts (default: as kept in <home>/court.json)' },
};

export const drand: OptionSpec = {
  type: 'string',
  value: 'URL',
  help: 'Relay of drand (default: https://api.drand.sh)',
};

export const coin: OptionSpec = {
  type: 'string',
  value: 'USD',
  help: 'What one coin of the chain is worth, for its gas (default: 0 on development chains)',
};

/** Of a step at a court of contracts. */
export const courtStep: { readonly [name: string]: OptionSpec } = {
  ...courtChain,
  key: chainKey,
  yes: { type: 'boolean', short: 'y', help: 'Do not ask to confirm' },
};

export const excluded: OptionSpec = {
  type: 'string',
  value: 'FILE',
  help: 'Addresses that may not sit in the case, one a line',
};

export const family: OptionSpec = { type: 'string', value: 'NAME', help: 'Family of a built-in juror, such as grams' };

/** How a watcher goes about it. */
export const watching: { readonly [name: string]: OptionSpec } = {
  programs: {
    type: 'string',
    short: 'p',
    value: 'DIR',
    help: 'Folder of further *.program and *.architecture files',
    many: true,
  },
  'max-stake': { type: 'string', value: 'USD', help: 'Most at stake in own disputes together (default: $100)' },
  'max-data-stake': {
    type: 'string',
    value: 'USD',
    help: 'Most staked in a day on asking for data that nobody published (default: $20; 0 for never)',
  },
  'max-prepay': {
    type: 'string',
    value: 'AMOUNT',
    help: 'Most native currency prepaid for answers in a day (default: 0.1)',
  },
  audit: {
    type: 'string',
    value: 'PERCENT',
    help: "Share of others' claims that is checked, drawn at random (default: 100)",
  },
  'alert-url': { type: 'string', value: 'URL', help: 'Where alerts are posted as JSON' },
  'metrics-port': { type: 'string', value: 'PORT', help: 'Loopback port of Prometheus metrics; 0 for a free one' },
  warn: { type: 'string', value: 'TIME', help: 'How long before a deadline it is alerted to (default: 2m)' },
  'clock-skew': { type: 'string', value: 'TIME', help: 'How far off this clock may be (default: 5m)' },
  poll: { type: 'string', value: 'SECONDS', help: 'How often the chain is looked at (default: 2)' },
  outbid: {
    type: 'string',
    value: 'SECONDS',
    help: 'After how long a transaction is sent again for more (default: 15)',
  },
  withdraw: { type: 'boolean', help: 'Pay out what is free once nothing of yours is open' },
};

/** Of a claim and of a request alike. */
export const terms: { readonly [name: string]: OptionSpec } = {
  window: { type: 'string', value: 'TIME', help: 'How long it can be disputed (default: as the planner says)' },
  clock: {
    type: 'string',
    value: 'TIME',
    help: 'How long each side of a dispute has (default: as the planner says)',
  },
  value: { type: 'string', value: 'USD', help: 'What depends on the result, for the planner (default: $1000)' },
  integers: { type: 'boolean', short: 'i', help: "Numbers are the program's own integers" },
  'private-input': { type: 'boolean', help: 'The input may not become known: refused where the claim would show it' },
  revealed: { type: 'boolean', help: 'The program was published hidden from here, and is revealed by now' },
};

export const provingThreads: OptionSpec = {
  type: 'string',
  short: 't',
  value: 'N',
  help: 'How many threads prove (default: as many as pay)',
};

export const yes: OptionSpec = { type: 'boolean', short: 'y', help: 'Do not ask to confirm' };
