/** Claims, disputes and what a watcher does, as people read them. */
import { formatDollars, type Problem } from '@surety/sdk/base';
import { spoken } from './duration.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';
import { table, wrap } from './terminal/table.ts';

export type ClaimRow = {
  readonly claimId: string;
  readonly state: string;
  readonly provider: string;
  readonly program: string;
  readonly bondMicroUsd: string;
  readonly priceMicroUsd: string;
  readonly windowEndsAt: number;
  readonly openDisputes: number;
  readonly disputes: number;
};

type Subject = {
  readonly words: string;
  readonly node: number | null;
  readonly operator: string | null;
  readonly step: number | null;
  readonly element: number | null;
};

export type DisputeView = {
  readonly disputeId: string;
  readonly challenger: string;
  readonly turn: string;
  readonly runsOutAt: number;
  readonly stakeMicroUsd: string;
  readonly stakeTo: string | null;
  readonly differing: {
    readonly node: number;
    readonly step: number;
    readonly element: number;
    readonly claimed: number;
    readonly own: number;
  } | null;
  readonly moves: readonly {
    readonly kind: 'question' | 'answer';
    readonly about: Subject | null;
    readonly transaction: string;
  }[];
};

type Ended =
  | { readonly kind: 'final'; readonly proved: boolean; readonly transaction: string }
  | {
      readonly kind: 'void';
      readonly disputeId: string;
      readonly rewarded: string;
      readonly rewardMicroUsd: string;
      readonly burntMicroUsd: string;
      readonly byClock: boolean;
      readonly transaction: string;
    }
  | { readonly kind: 'annulled'; readonly transaction: string };

export type ClaimDetail = ClaimRow & {
  readonly kind: 'claim';
  readonly chainSeconds: number;
  readonly input: string;
  readonly output: string;
  readonly trace: string;
  readonly clockSeconds: number;
  readonly madeIn: string;
  readonly held: string;
  readonly ownOutput: string | null;
  readonly losses: {
    readonly providerMicroUsd: string;
    readonly challengerMicroUsd: string;
    readonly rewardMicroUsd: string;
  };
  readonly ended: Ended | null;
  readonly list: readonly DisputeView[];
};

const money = (microUsd: string): string => formatDollars(BigInt(microUsd));

/** Ids and addresses cut to what tells them apart. */
export const short = (id: string): string => `${id.slice(0, 10)}…${id.slice(-4)}`;

/** A deadline in local time and how far off it is by the chain's clock. */
export const until = (seconds: number, chainSeconds: number): string => {
  const left = seconds - chainSeconds;
  const at = new Date(seconds * 1_000).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' });
  return left >= 0 ? `${at}, in ${spoken(left)}` : `${at}, ${spoken(-left)} ago`;
};

/** Claims as a table. */
export const claimTable = (claims: readonly ClaimRow[], chainSeconds: number, out: Output): readonly string[] => {
  const head = ['claim', 'state', 'bond', 'disputes', 'window', 'program', 'provider'].map(out.style.dim);
  const rows = claims.map((each) => [
    short(each.claimId),
    each.state,
    money(each.bondMicroUsd),
    `${each.openDisputes} open of ${each.disputes}`,
    each.state === 'open'
      ? each.windowEndsAt >= chainSeconds
        ? `ends in ${spoken(each.windowEndsAt - chainSeconds)}`
        : 'over'
      : '',
    short(each.program),
    short(each.provider),
  ]);
  return table([head, ...rows], { right: [2] });
};

const endWords = (ended: Ended): string => {
  if (ended.kind === 'annulled') return 'annulled: outside the agreed tolerance; nobody was slashed';
  if (ended.kind === 'final')
    return ended.proved ? 'final: proved on chain' : 'final: nobody refuted it within its window';
  const why = ended.byClock ? 'its provider did not answer in time' : 'shown to be wrong';
  return `void: ${why}; ${money(ended.rewardMicroUsd)} to ${short(ended.rewarded)}, ${money(ended.burntMicroUsd)} burnt`;
};

const aboutWords = ({ words, step }: Subject): string =>
  `${words}${step === null || step === 0 ? '' : `, step ${step}`}`;

const printDispute = (out: Output, claim: ClaimDetail, dispute: DisputeView): void => {
  const { bold, dim, yellow, red } = out.style;
  const { moves, differing, turn, runsOutAt, stakeTo } = dispute;
  out.line(`${bold(`dispute ${dispute.disputeId}`)} ${dim(`by ${short(dispute.challenger)}`)}`);
  const last = moves.findLast((each) => each.about !== null)?.about;
  if (last != null) out.line(`  ${dim('about')}    ${wrap(aboutWords(last), out.width, '           ')}`);
  if (differing !== null) {
    const { node, element, claimed, own } = differing;
    out.line(
      `  ${dim('values')}   node ${node}, element ${element}: claimed ${red(String(claimed))}, your own run ${bold(String(own))}`,
    );
  }
  if (turn === 'closed') out.line(`  ${dim('closed')}   ${stakeTo === null ? '' : `stake to ${short(stakeTo)}`}`);
  else {
    const loses =
      turn === 'provider' ? `the bond of ${money(claim.bondMicroUsd)}` : `the stake of ${money(dispute.stakeMicroUsd)}`;
    out.line(
      `  ${dim('moves')}    ${yellow(`the ${turn}`)}, until ${until(runsOutAt, claim.chainSeconds)}; else it loses ${loses}`,
    );
  }
  for (const [i, { kind, about, transaction }] of moves.entries()) {
    const words = about === null ? 'answered' : `asked ${aboutWords(about)}`;
    out.line(`  ${dim(`${i + 1}.`.padEnd(8))} ${kind === 'question' ? words : 'answered'} ${dim(short(transaction))}`);
  }
};

/** Everything about one claim. */
export const printClaim = (out: Output, claim: ClaimDetail): void => {
  const { bold, dim, green, red } = out.style;
  const { state, losses, ended, list } = claim;
  const paint = state === 'final' ? green : state === 'void' ? red : bold;
  out.line(`${bold('claim')} ${claim.claimId}  ${paint(state)}`);
  const rows: readonly (readonly [string, string])[] = [
    ['program', `${claim.program}${claim.held === 'held' ? '' : `  (${claim.held} not held here)`}`],
    ['input', claim.input],
    [
      'output',
      `${claim.output}${claim.ownOutput !== null && claim.ownOutput !== claim.output ? `  your own run gives ${claim.ownOutput}` : ''}`,
    ],
    ['provider', `${claim.provider}, stands to lose its bond of ${money(losses.providerMicroUsd)}`],
    ['challenger', `stands to lose ${money(losses.challengerMicroUsd)} and gas; gains ${money(losses.rewardMicroUsd)}`],
    [
      'window',
      `${state === 'open' ? until(claim.windowEndsAt, claim.chainSeconds) : 'over'}; ${spoken(claim.clockSeconds)} a side`,
    ],
    ['made in', claim.madeIn],
  ];
  for (const [name, value] of rows) out.line(`  ${dim(name.padEnd(10))} ${value}`);
  if (ended !== null) out.line(`  ${dim('ended'.padEnd(10))} ${endWords(ended)} ${dim(short(ended.transaction))}`);
  if (list.length === 0) out.line(`  ${dim('Nobody disputes it.')}`);
  for (const dispute of list) printDispute(out, claim, dispute);
};

/** What a watcher says. */
export type WatchMessage =
  | {
      readonly kind: 'watching';
      readonly chainId: number;
      readonly arbiter: string;
      readonly me: string;
      readonly auditPpm: number;
      readonly metricsPort: number | null;
    }
  | {
      readonly kind: 'claims';
      readonly block: string;
      readonly claims: readonly {
        readonly claimId: string;
        readonly mine: boolean;
        readonly standing: string;
        readonly windowEndsAt: number;
        readonly disputes: number;
      }[];
    }
  | {
      readonly kind: 'checked';
      readonly claimId: string;
      readonly found: string;
      readonly what?: string;
      readonly problem?: Problem;
    }
  | {
      readonly kind: 'move';
      readonly move: string;
      readonly claimId: string;
      readonly outcome: string;
      readonly transaction?: string;
      readonly gasUsed?: string;
      readonly problem?: Problem;
    }
  | { readonly kind: 'alert'; readonly alert: string; readonly claimId?: string; readonly problem?: Problem }
  | { readonly kind: 'collected'; readonly microUsd: string; readonly wei: string }
  | { readonly kind: 'ended'; readonly undelivered: number };

const FOUND: Readonly<Record<string, string>> = {
  right: 'is as the own run',
  wrong: 'differs from the own run and will be disputed',
  'not-drawn': 'is left out of the random audit',
  unchecked: 'is being run',
};

const ALERTS: Readonly<Record<string, string>> = {
  internal: 'A bug, which does not stop the watch.',
  chain: 'The chain does not answer as it should.',
  'deadline-at-risk': 'A deadline is near.',
  'own-claim-wrong': 'Your own run contradicts your own claim.',
  'cannot-answer': 'A question to your claim cannot be answered from here: the bond is at risk.',
  'over-limit': 'A wrong claim is left alone: --max-stake or --max-prepay is reached.',
  'too-late': 'A wrong claim whose window is over.',
  'no-way': 'A wrong claim in which nothing can be shown wrong.',
  refused: 'A move did not get through; it is tried again.',
};

/** One message for people; nothing for those that say nothing new. */
export const printWatch = (out: Output, message: WatchMessage): void => {
  const { bold, dim, green, red, yellow } = out.style;
  switch (message.kind) {
    case 'watching': {
      const audit = message.auditPpm === 1_000_000 ? '' : `, checking ${message.auditPpm / 10_000} % of others' claims`;
      out.line(dim(`watching ${message.arbiter} on chain ${message.chainId} as ${message.me}${audit}`));
      if (message.metricsPort !== null) out.line(dim(`metrics at http://127.0.0.1:${message.metricsPort}/metrics`));
      return;
    }
    case 'checked': {
      const { found, what, problem } = message;
      const words =
        found === 'unheld'
          ? `cannot be checked: its ${what} is not held here`
          : (FOUND[found] ?? `could not be run: ${safe(problem?.message ?? '')}`);
      const mark = found === 'right' ? green('✔') : found === 'wrong' ? red('✘') : yellow('○');
      out.line(`${mark} ${short(message.claimId)} ${words}`);
      return;
    }
    case 'move': {
      const { move, claimId, outcome, transaction, gasUsed, problem } = message;
      const how =
        outcome === 'mined'
          ? dim(`${short(transaction ?? '')}, ${gasUsed} gas`)
          : outcome === 'already'
            ? dim('was done before')
            : yellow(safe(problem?.message ?? outcome));
      out.line(`  ${bold(move)} ${short(claimId)} ${how}`);
      return;
    }
    case 'alert': {
      const { alert, claimId, problem } = message;
      const of = claimId === undefined ? '' : ` ${short(claimId)}`;
      out.line(
        `${yellow('!')} ${ALERTS[alert] ?? alert}${of}${problem === undefined ? '' : ` ${safe(problem.message)}`}`,
      );
      return;
    }
    case 'claims':
      for (const { claimId, mine, standing, disputes } of message.claims)
        out.line(
          dim(
            `  ${short(claimId)} ${mine ? 'yours' : 'theirs'}: ${standing}${disputes > 0 ? `, ${disputes} disputed` : ''}`,
          ),
        );
      return;
    case 'collected':
      out.line(`${green('✔')} ${money(message.microUsd)} were paid out.`);
      return;
    case 'ended':
      if (message.undelivered > 0) out.line(yellow(`${message.undelivered} alerts were not delivered.`));
  }
};
