/** What a watcher does, as people read it. */
import { formatDollars, type Problem } from '@surety/sdk/base';
import { short } from './claim-words.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';

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
      out.line(`${green('✔')} ${formatDollars(BigInt(message.microUsd))} were paid out.`);
      return;
    case 'ended':
      if (message.undelivered > 0) out.line(yellow(`${message.undelivered} alerts were not delivered.`));
  }
};
