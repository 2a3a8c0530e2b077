/** A step that calls a panel writes down who can be drawn, in the same transaction: before anybody can know the beacon. */
import type { Case } from '@surety/court';
import type { Move } from '../../journal/host.ts';
import type { Context } from '../context.ts';
import { caseStream, type LedgerMove } from '../ledger.ts';
import type { QuestionState } from '../question.ts';
import { courtFeedMove } from './feed.ts';
import { candidatesFor } from './panel.ts';
import { REGISTRY_STREAM, type Registry } from './registry.ts';

type Step = { readonly before: Case; readonly after: Case; readonly at: number };

/** What goes with a step: the snapshot of candidates and a line in the feed if it opens a round, else nothing. */
export const calling = async (
  context: Context,
  question: QuestionState,
  { before, after, at }: Step,
): Promise<{ readonly moves: readonly LedgerMove[]; readonly further: readonly Move[] }> => {
  const round = after.rounds.length;
  if (round === before.rounds.length) return { moves: [], further: [] };
  const { claimId } = question;
  const registry = await context.host.state<Registry>(REGISTRY_STREAM);
  const candidates = candidatesFor(context, question, after, registry);
  return {
    moves: [{ stream: caseStream(claimId), event: { kind: 'snapshot', round, candidates, at } }],
    further: [courtFeedMove('panel', claimId, at)],
  };
};
