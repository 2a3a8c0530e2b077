/** What a watcher does, as people read it. */
import { formatDollars, type Problem } from '@surety/sdk/base';
import { nativeWords } from '@surety/sdk/runs';
import { deadline, moment, short } from './claim-words.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';

export type WatchedClaim = {
  readonly claimId: string;
  readonly mine: boolean;
  /** What the own run says of an open claim, or how it was decided. */
  readonly standing: string;
  readonly windowEndsAt: number;
  readonly disputes: number;
  /** Whether an own stake is in one of them. */
  readonly staked: boolean;
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
      readonly chainSeconds: number;
      readonly claims: readonly WatchedClaim[];
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
  | {
      readonly kind: 'alert';
      readonly alert: string;
      readonly claimId?: string;
      readonly before?: number;
      readonly problem?: Problem;
    }
  | { readonly kind: 'collected'; readonly microUsd: string; readonly wei: string }
  | { readonly kind: 'ended'; readonly undelivered: number };

const FOUND: Readonly<Record<string, string>> = {
  right: 'agrees with your own run',
  wrong: 'differs from your own run',
  'not-drawn': 'is left out of the random audit (--audit)',
  unchecked: 'is being run',
  failed: 'could not be run',
  'program not held': 'cannot be checked: its program is not here, nor its architecture (--programs names folders)',
  'input not held': 'cannot be checked: its input was not shown, and is not here',
  'proof not held': 'waits for its proof on the chain, which nobody else has to check',
  withheld: 'cannot be checked yet: the data of its proof are published nowhere that is known here',
  final: 'is final',
  void: 'is void',
  annulled: 'is annulled: outside the agreed tolerance, or not proved where that was asked for',
};

/** What a move did, and what it was to do. */
const MOVES: Readonly<Record<string, readonly [done: string, open: string]>> = {
  dispute: ['Disputed', 'dispute'],
  ask: ['Asked on about', 'ask on about'],
  answer: ['Answered for', 'answer for'],
  refute: ['Refuted', 'refute'],
  concede: ['Gave up a dispute of', 'give up a dispute of'],
  expire: ['Ended by the clock', 'end by the clock'],
  prove: ['Proved', 'prove'],
  finalise: ['Made final', 'make final'],
  settle: ['Collected a stake of', 'collect a stake of'],
};

/** Of claims to which nothing can happen any more. */
const DECIDED: ReadonlySet<string> = new Set(['final', 'void', 'annulled']);

const ALERTS: Readonly<Record<string, string>> = {
  internal: 'A bug, which does not stop the watch.',
  chain: 'The chain does not answer as it should.',
  'deadline-at-risk': 'A deadline is near.',
  'own-claim-wrong': 'Your own run contradicts your own claim.',
  'cannot-answer': 'A question to your claim cannot be answered from here: the bond is at risk.',
  'over-limit': 'A wrong claim is left alone: --max-stake or --max-prepay is reached.',
  withheld: 'Data of a claim are withheld, and asking for them is left alone: --max-data-stake is reached.',
  'too-late': 'A wrong claim whose window is over.',
  'no-way': 'A wrong claim in which nothing can be shown wrong.',
  refused: 'A move did not get through; it is tried again.',
};

const printWatched = (out: Output, claim: WatchedClaim, chainSeconds: number): void => {
  const { claimId, mine, standing, windowEndsAt, disputes } = claim;
  // What is being run is told of in a moment.
  if (standing === 'unchecked') return;
  const isOpen = !DECIDED.has(standing);
  const disputed = disputes === 0 ? '' : `; ${disputes} open dispute${disputes === 1 ? '' : 's'}`;
  const window =
    windowEndsAt < chainSeconds
      ? '; its window is over'
      : `; disputes may begin until ${deadline(windowEndsAt, chainSeconds)}`;
  out.line(
    out.style.dim(
      `  ${short(claimId)} ${mine ? '(yours) ' : ''}${FOUND[standing] ?? standing}${isOpen ? `${disputed}${window}` : ''}`,
    ),
  );
};

/** What is left to do after a single look; `null` for nothing. */
export const afterOnce = (claims: readonly WatchedClaim[]): string | null => {
  const open = claims.filter(({ standing }) => !DECIDED.has(standing));
  const reasons = [
    ...(open.some(({ mine }) => mine) ? ['whoever asks about your claim wins its bond'] : []),
    ...(open.some(({ staked }) => staked) ? ['the stake of your dispute is lost'] : []),
  ];
  if (reasons.length === 0) return null;
  return `This was one look. Leave "surety watch" running until all is decided: if nobody moves for you in time, ${reasons.join(', and ')}.`;
};

/** Claims that are told of otherwise than before. */
export const changedSince = (before: readonly WatchedClaim[], claims: readonly WatchedClaim[]) => {
  const told = new Set(before.map((each) => JSON.stringify(each)));
  return claims.filter((each) => !told.has(JSON.stringify(each)));
};

/** One message for people. */
export const printWatch = (out: Output, message: WatchMessage): void => {
  const { bold, dim, green, red, yellow } = out.style;
  switch (message.kind) {
    case 'watching': {
      const audit = message.auditPpm === 1_000_000 ? '' : `, checking ${message.auditPpm / 10_000} % of others' claims`;
      out.line(
        dim(`Watching the claims of chain ${message.chainId} (arbiter ${message.arbiter}) as ${message.me}${audit}`),
      );
      if (message.metricsPort !== null) out.line(dim(`Metrics: http://127.0.0.1:${message.metricsPort}/metrics`));
      return;
    }
    case 'checked': {
      const { found, what, problem } = message;
      const words = FOUND[found === 'unheld' ? `${what} not held` : found] ?? found;
      const mark = found === 'right' ? green('✔') : found === 'wrong' ? red('✘') : yellow('○');
      out.line(
        `${mark} ${short(message.claimId)} ${words}${problem === undefined ? '' : `: ${safe(problem.message)}`}`,
      );
      return;
    }
    case 'move': {
      const { move, claimId, outcome, transaction, gasUsed, problem } = message;
      const [done, open] = MOVES[move] ?? [move, move];
      if (outcome === 'mined')
        out.line(
          `  ${bold(done)} ${short(claimId)} ${dim(`(transaction ${short(transaction ?? '')}, ${gasUsed} gas)`)}`,
        );
      else if (outcome === 'already') out.line(dim(`  ${done} ${short(claimId)} before.`));
      else out.line(yellow(`  Did not ${open} ${short(claimId)}: ${safe(problem?.message ?? outcome)}`));
      return;
    }
    case 'alert': {
      const { alert, claimId, before, problem } = message;
      const of =
        claimId === undefined
          ? ''
          : ` Claim ${short(claimId)}${before === undefined ? '' : `, until ${moment(before)}`}.`;
      out.line(
        `${yellow('!')} ${ALERTS[alert] ?? alert}${of}${problem === undefined ? '' : ` ${safe(problem.message)}`}`,
      );
      return;
    }
    case 'claims':
      for (const each of message.claims) printWatched(out, each, message.chainSeconds);
      return;
    case 'collected': {
      const native = message.wei === '0' ? '' : ` and ${nativeWords(message.wei)} of the chain's own currency`;
      out.line(`${green('✔')} ${formatDollars(BigInt(message.microUsd))}${native} were paid out to you.`);
      return;
    }
    case 'ended':
      if (message.undelivered > 0)
        out.line(yellow(`${message.undelivered} alert${message.undelivered === 1 ? ' was' : 's were'} not delivered.`));
  }
};
