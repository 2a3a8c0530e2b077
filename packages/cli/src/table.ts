/** Every command in one table: help, completions, did-you-mean and argument checking are read from it. */

export type OptionSpec = {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Placeholder of the value in help. */
  readonly value?: string;
  readonly help: string;
  /** Whether it may be given several times; its values then stand in {@link Values} with newlines between them. */
  readonly many?: boolean;
};

export type CommandSpec = {
  readonly name: string;
  readonly summary: string;
  /** Arguments as help prints them. */
  readonly args: string;
  /** Least and most positional arguments. */
  readonly takes: readonly [number, number];
  readonly options: { readonly [name: string]: OptionSpec };
  readonly examples: readonly string[];
  /** Further help, in whole sentences. */
  readonly about?: string;
  readonly load: () => Promise<{ readonly run: Run }>;
};

export type Values = { readonly [name: string]: string | boolean | undefined };
export type Run = (input: {
  readonly args: readonly string[];
  readonly values: Values;
  readonly context: Context;
}) => Promise<number>;

/** What every command is given. */
export type Context = {
  readonly out: import('./terminal/output.ts').Output;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Folder of keys and of the recorded environment. */
  readonly home: string;
  /** `--url`, where given. */
  readonly url: string | undefined;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
};

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
const model: { readonly [name: string]: OptionSpec } = {
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
const chain: { readonly [name: string]: OptionSpec } = {
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

const chainKey: OptionSpec = {
  type: 'string',
  short: 'k',
  value: 'FILE',
  help: 'File with a key, 32 bytes in hex (default: <home>/keys/cli.json)',
};

/** Which chain and court of contracts. */
const courtChain: { readonly [name: string]: OptionSpec } = {
  'rpc-url': { type: 'string', value: 'URL', help: 'JSON-RPC of the chain (default: that of the node that runs here)' },
  court: { type: 'string', value: 'ADDRESS', help: 'Court of contracts (default: as kept in <home>/court.json)' },
};

/** Of a step at a court of contracts. */
const courtStep: { readonly [name: string]: OptionSpec } = {
  ...courtChain,
  key: chainKey,
  yes: { type: 'boolean', short: 'y', help: 'Do not ask to confirm' },
};

const family: OptionSpec = { type: 'string', value: 'NAME', help: 'Family of a built-in juror, such as grams' };

/** How a watcher goes about it. */
const watching: { readonly [name: string]: OptionSpec } = {
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
const terms: { readonly [name: string]: OptionSpec } = {
  window: { type: 'string', value: 'TIME', help: 'How long it can be disputed (default: as the planner says)' },
  clock: {
    type: 'string',
    value: 'TIME',
    help: 'How long each side of a dispute has (default: as the planner says)',
  },
  value: { type: 'string', value: 'USD', help: 'What depends on the result, for the planner (default: $1000)' },
  integers: { type: 'boolean', short: 'i', help: "Numbers are the program's own integers" },
  'private-input': {
    type: 'boolean',
    help: 'The input may not become known: refused where the claim would show it',
  },
  revealed: { type: 'boolean', help: 'The program was published hidden from here, and is revealed by now' },
};

const provingThreads: OptionSpec = {
  type: 'string',
  short: 't',
  value: 'N',
  help: 'How many threads prove (default: as many as pay)',
};

const yes: OptionSpec = { type: 'boolean', short: 'y', help: 'Do not ask to confirm' };

export const COMMANDS: readonly CommandSpec[] = [
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
    load: () => import('./commands/ask.ts'),
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
    load: () => import('./commands/verify.ts'),
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
    load: () => import('./commands/demo-tamper.ts'),
  },
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
    load: () => import('./commands/markets.ts'),
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
    load: () => import('./commands/market.ts'),
  },
  {
    name: 'court',
    summary: 'List cases of the court, or show the ladder of one',
    args: '[ID]',
    takes: [0, 1],
    options: {
      ended: { type: 'boolean', help: 'Those that have ended' },
      chain: { type: 'boolean', help: 'Those that contracts asked' },
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
      'ID is that of the market, or chain: and the number of a case that a contract asked; the latter needs no node. People vote on the page, where a vote can be kept until it is opened.',
    load: () => import('./commands/court.ts'),
  },
  {
    name: 'court deploy',
    summary: 'Put a court of contracts on a development chain',
    args: '',
    takes: [0, 0],
    options: {
      'rpc-url': courtChain['rpc-url']!,
      speed: { type: 'string', value: 'N', help: 'Divide all windows of its policy by N (default: 1)' },
      key: chainKey,
      yes: { type: 'boolean', short: 'y', help: 'Do not ask to confirm' },
    },
    examples: ['surety court deploy', 'surety court deploy --speed 60'],
    about:
      'In the development dollar, drawn by drand, with the default policy in small amounts and the families of the built-in jurors, which your key admits. Its address is kept in <home>/court.json.',
    load: () => import('./commands/court-deploy.ts'),
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
    load: () => import('./commands/court-propose.ts'),
  },
  {
    name: 'court collect',
    summary: 'Fetch what a case of a contract owes you',
    args: 'chain:ID',
    takes: [1, 1],
    options: courtStep,
    examples: ['surety court collect chain:7'],
    load: () => import('./commands/court-collect.ts'),
  },
  {
    name: 'court withdraw',
    summary: 'Pay out your balance at a court of contracts',
    args: '',
    takes: [0, 0],
    options: courtStep,
    examples: ['surety court withdraw'],
    load: () => import('./commands/court-withdraw.ts'),
  },
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
    load: () => import('./commands/court-join.ts'),
  },
  {
    name: 'court leave',
    summary: 'Take back the stake that no open seat can take',
    args: '',
    takes: [0, 0],
    options: courtStep,
    examples: ['surety court leave'],
    load: () => import('./commands/court-leave.ts'),
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
      drand: { type: 'string', value: 'URL', help: 'Relay of drand (default: https://api.drand.sh)' },
      poll: { type: 'string', value: 'SECONDS', help: 'How often the chain is looked at (default: 2)' },
      once: { type: 'boolean', help: 'Take what is due now, and end' },
      ...courtChain,
      key: chainKey,
    },
    examples: ['surety court serve --family grams', 'surety court serve --family grams --keep all --json'],
    about:
      'Votes are written to <home>/court-votes before they are sent, so it may be killed at any time; without that folder a seat that has committed cannot be opened.',
    load: () => import('./commands/court-serve.ts'),
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
    load: () => import('./commands/person.ts'),
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
    load: () => import('./commands/challenge.ts'),
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
    load: () => import('./commands/redeem.ts'),
  },
  {
    name: 'player new',
    summary: 'Write a small player of your own',
    args: 'NAME',
    takes: [1, 1],
    options: {},
    examples: ['surety player new mybot'],
    load: () => import('./commands/player-new.ts'),
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
    load: () => import('./commands/player-add.ts'),
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
    load: () => import('./commands/player-backtest.ts'),
  },
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
    load: () => import('./commands/model-import.ts'),
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
    load: () => import('./commands/model-run.ts'),
  },
  {
    name: 'model inspect',
    summary: 'What a program is: inputs, operators, cost, id',
    args: 'FILE|ID',
    takes: [1, 1],
    options: {},
    examples: ['surety model inspect digits.program'],
    load: () => import('./commands/model-inspect.ts'),
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
    load: () => import('./commands/model-commit.ts'),
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
    load: () => import('./commands/model-renew.ts'),
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
    load: () => import('./commands/model-sign.ts'),
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
    load: () => import('./commands/model-verify-signature.ts'),
  },
  {
    name: 'mcp',
    summary: 'Offer the tools of the node to an MCP client over a pipe',
    args: '',
    takes: [0, 0],
    options: {},
    examples: ['surety mcp', 'surety mcp --url http://127.0.0.1:4810'],
    about:
      'For clients that start a program (stdio) instead of naming an address; the same tools are served over HTTP at /mcp of the node. Standard output carries protocol messages only. ask and trade spend from the account of the node, within its limit.',
    load: () => import('./commands/mcp.ts'),
  },
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
    load: () => import('./commands/model-publish.ts'),
  },
  {
    name: 'model reveal',
    summary: 'Show the program of a hidden publication and get its bond back',
    args: 'PUBLICATION PROGRAM',
    takes: [2, 2],
    options: { salt: { type: 'string', value: 'HEX', help: 'Its salt (default: the one in <home>/salts)' } },
    examples: ['surety model reveal publication-digits-2.json digits.program'],
    about: 'PUBLICATION is a file or an id. After the date it is accepted too, shown as late, and the bond stays lost.',
    load: () => import('./commands/model-reveal.ts'),
  },
  {
    name: 'model history',
    summary: 'Versions of a model, where each stands, and how answers drifted',
    args: 'MODEL',
    takes: [1, 1],
    options: {},
    examples: ['surety model history digits', 'surety model history 0x70997970C51812dc3A010C7d01b50e0d17dc79C8/digits'],
    about: 'MODEL is <publisher>/<name>, or the name of one of yours.',
    load: () => import('./commands/model-history.ts'),
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
    load: () => import('./commands/model-verify.ts'),
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
    load: () => import('./commands/model-probes.ts'),
  },
  {
    name: 'model drift',
    summary: 'How the answers of two programs differ on a probe set',
    args: 'PROGRAM PROGRAM PROBES.json',
    takes: [3, 3],
    options: {},
    examples: ['surety model drift digits-1.program digits-2.program probes.json'],
    about: 'The same figures as every node computes for the history of a model.',
    load: () => import('./commands/model-drift.ts'),
  },
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
    load: () => import('./commands/train-commit.ts'),
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
    load: () => import('./commands/train-prove.ts'),
  },
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
      'surety run large.program input.json --prove zk --bond 50 --private both',
      'surety run digits.program input.json --prove statistical --out digits.sums',
      'surety run digits.program input.json --prove statistical --check digits.sums',
    ],
    about:
      'Several inputs are the steps of one run. The plan and the terms are shown before anything is paid. With --request, program, input and terms are those that its requester signed; PROGRAM is needed only where it was not imported here. With --prove zk and --bond a proof is claimed on the chain: one of a small program is final at once, a larger one, and any that hides something (--private), by steps after its window. Keep "surety watch" running until the claim is final, or the bond is lost to whoever asks a question that nobody answers.',
    load: () => import('./commands/run.ts'),
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
    load: () => import('./commands/request.ts'),
  },
  {
    name: 'cancel',
    summary: 'Take back a request that nobody has answered',
    args: 'REQUEST.json',
    takes: [1, 1],
    options: { key: chainKey, ...chain },
    examples: ['surety cancel request.json'],
    load: () => import('./commands/cancel.ts'),
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
    load: () => import('./commands/watch.ts'),
  },
  {
    name: 'claims',
    summary: 'List claims: their state, and who has to do what by when',
    args: '',
    takes: [0, 0],
    options: chain,
    examples: ['surety claims'],
    load: () => import('./commands/claims.ts'),
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
    load: () => import('./commands/dispute.ts'),
  },
  {
    name: 'status',
    summary: 'What runs here, and your balance',
    args: '',
    takes: [0, 0],
    options: {},
    examples: ['surety status'],
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'doctor',
    summary: 'Check this machine and the node, and say how to mend what is wrong',
    args: '',
    takes: [0, 0],
    options: {},
    examples: ['surety doctor'],
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'stop',
    summary: 'Stop the node that runs here',
    args: '',
    takes: [0, 0],
    options: {},
    examples: ['surety stop'],
    load: () => import('./commands/stop.ts'),
  },
  {
    name: 'reset',
    summary: 'Erase keys, markets and money of this folder',
    args: '',
    takes: [0, 0],
    options: { yes },
    examples: ['surety reset'],
    load: () => import('./commands/reset.ts'),
  },
  {
    name: 'deploy',
    summary: 'Put the contracts on an EVM chain',
    args: '',
    takes: [0, 0],
    options: {
      'rpc-url': { type: 'string', value: 'URL', help: 'JSON-RPC of the chain' },
      key: { type: 'string', short: 'k', value: 'FILE', help: 'File with the deployer key, 32 bytes in hex' },
      token: {
        type: 'string',
        value: 'ADDRESS',
        help: 'Dollar token of the chain (a development dollar where there is none)',
      },
      yes,
    },
    examples: ['surety deploy --rpc-url http://127.0.0.1:8545'],
    load: () => import('./commands/deploy.ts'),
  },
  {
    name: 'completion',
    summary: 'Print shell completions',
    args: 'bash|zsh|fish',
    takes: [1, 1],
    options: {},
    examples: ['source <(surety completion bash)'],
    load: () => import('./commands/completion.ts'),
  },
  {
    name: 'help',
    summary: 'Show help of a command',
    args: '[COMMAND]',
    takes: [0, 2],
    options: {},
    examples: ['surety help ask'],
    load: () => import('./commands/help.ts'),
  },
];
