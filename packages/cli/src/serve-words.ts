/** What a juror's service does, as people read it. */
import { formatDollars, type Problem } from '@surety/sdk/base';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';

/** What a juror's service says. */
export type ServeMessage =
  | {
      readonly kind: 'serving';
      readonly court: string;
      readonly me: string;
      readonly family: string;
      readonly stakeUnits: string;
      readonly lockedUnits: string;
    }
  | {
      readonly kind: 'cases';
      readonly open: readonly { readonly caseId: string; readonly state: string; readonly seated: boolean }[];
    }
  | { readonly kind: 'vote'; readonly caseId: string; readonly round: number; readonly why: string }
  | { readonly kind: 'move'; readonly move: string; readonly caseId: string; readonly transaction?: string }
  | { readonly kind: 'alert'; readonly alert: string; readonly caseId?: string; readonly problem: Problem }
  | { readonly kind: 'ended' };

const MOVES: Readonly<Record<string, string>> = {
  draw: 'Drew the panel of',
  'draw-by-fallback': 'Drew, by the chain’s own block, the panel of',
  commit: 'Committed to the vote in',
  reveal: 'Opened the vote in',
  tally: 'Counted the votes of',
  finalise: 'Ended',
  'settle-seat': 'Settled the seat in',
  collect: 'Collected what was paid into',
};

export const printServing = (out: Output, message: ServeMessage): void => {
  const { dim, green, yellow } = out.style;
  switch (message.kind) {
    case 'serving': {
      const { me, family, court, stakeUnits, lockedUnits } = message;
      out.line(`Serving as ${me}, family ${safe(family)}, at the court ${court}.`);
      out.line(
        dim(
          `  Stake ${formatDollars(BigInt(stakeUnits))}, of which ${formatDollars(BigInt(lockedUnits))} is in open seats. Ctrl-C ends it; votes are kept in "court-votes".`,
        ),
      );
      return;
    }
    case 'cases':
      for (const { caseId, state, seated } of message.open)
        out.line(dim(`  chain:${caseId} is ${state}${seated ? ', with a seat of yours' : ''}`));
      return;
    case 'vote':
      out.line(`  Vote in chain:${message.caseId}, round ${message.round}: ${safe(message.why)}`);
      return;
    case 'move':
      out.line(
        `${green('✔')} ${MOVES[message.move] ?? message.move} chain:${message.caseId} ${dim(message.transaction ?? '')}`,
      );
      return;
    case 'alert': {
      const about = message.caseId === undefined ? '' : `chain:${message.caseId}: `;
      out.line(yellow(`! ${about}${safe(message.problem.message)} ${safe(message.problem.next)}`));
      return;
    }
    case 'ended':
      return;
  }
};
