import type { ResolutionRule } from '@surety/sdk/page';

/** Who decides once the market has closed, in one sentence. */
export const decisionWords = (rule: ResolutionRule): string =>
  rule.kind === 'official'
    ? `The official record of ${rule.source}.`
    : `A panel of ${rule.seats} that shares no model, data or key with the players. It needs ${rule.quorum} votes; otherwise the question is undecided and refunded.`;
