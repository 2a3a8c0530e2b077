/**
 * The output link as a whole: whether the stated outcome follows from the attached evidence by the claim's own rule.
 * It never says that the outcome is right: of that there is no evidence in a receipt.
 */

import type { Evidence, JurorVote } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import type { ReceiptPredicate } from '../receipt.ts';
import { OUTCOME } from '../votes.ts';
import { castIn } from './court-record.ts';
import { findingAbout, percent } from './finding-of.ts';

type Judged =
  | { readonly broken: string }
  | (Pick<Finding, 'summary' | 'assumes'> & { readonly proves?: Finding['proves'] });

const isVote = (piece: Evidence): piece is JurorVote => piece.kind === 'juror-vote';

/** Without a record of the market its prices are only words. */
const priced = (p: ReceiptPredicate): readonly string[] =>
  p.evidence.some((piece) => piece.kind === 'market-record')
    ? []
    : ['the operator, for the prices: no trades are attached'];

const byMarket = (p: ReceiptPredicate): Judged => {
  const best = Math.max(...p.probabilitiesPpm);
  const leading = p.claim.outcomes.filter((_, i) => p.probabilitiesPpm[i] === best);
  if (p.outcome === null) {
    return {
      summary: `Provisional: the market gives no answer yet; its highest price is ${percent(best)}. Nobody has decided.`,
      assumes: ['the operator says so only when no price is high enough for an answer', ...priced(p)],
    };
  }
  if (!leading.includes(p.outcome)) {
    return { broken: 'The stated outcome is not the one that the market prices highest.' };
  }
  return {
    summary: `Provisional: the market prices “${p.outcome}” highest, at ${percent(best)}. Nobody has decided.`,
    assumes: ['players who were free to trade had reasons to be right', ...priced(p)],
  };
};

const countVotes = (p: ReceiptPredicate, votes: readonly JurorVote[]) => {
  const index = p.claim.outcomes.indexOf(p.outcome ?? '');
  const cast = votes.filter((vote) => vote.outcome !== null);
  const votesFor = cast.filter((vote) => vote.outcome === index).length;
  const most = Math.max(
    0,
    ...p.claim.outcomes.map((_, i) => (i === index ? 0 : cast.filter((v) => v.outcome === i).length)),
  );
  return { votesFor, votesAgainst: cast.length - votesFor, abstained: votes.length - cast.length, most };
};

/** A challenge on which no panel of the court had a ruling. */
const contested = ({ evidence }: ReceiptPredicate): string => {
  const record = evidence.find((piece) => piece.kind === 'court-record');
  return record === undefined ? '' : ' It was challenged, no panel of the court had a ruling, and it stands.';
};

const byPanel = (p: ReceiptPredicate): Judged => {
  const { claim, decidedBy, evidence } = p;
  if (decidedBy.kind !== 'panel' || claim.rule.kind !== 'panel') return { broken: 'The claim names no panel.' };
  const ruled = evidence.some((piece) => piece.kind === 'court-record' && piece.rounds.some((r) => r.ruling !== null));
  if (ruled) return { broken: 'A panel of the court ruled, and the receipt states the answer of the panel before it.' };
  const votes = evidence.filter(isVote);
  if (votes.length > claim.rule.seats) return { broken: 'More jurors voted than the claim has seats.' };
  const count = countVotes(p, votes);
  const same =
    count.votesFor === decidedBy.votesFor &&
    count.votesAgainst === decidedBy.votesAgainst &&
    count.abstained === decidedBy.abstained;
  if (!same) return { broken: 'The attached votes do not add up to the stated count.' };
  if (count.votesFor <= count.most) return { broken: 'The stated outcome did not get most of the votes.' };
  if (count.votesFor + count.votesAgainst < claim.rule.quorum)
    return { broken: 'Fewer jurors voted than the claim asks for.' };
  for (const who of ['juror', 'program'] as const) {
    if (new Set(votes.map((vote) => vote[who])).size !== votes.length) return { broken: `A ${who} voted twice.` };
  }
  const played = new Set(evidence.map((piece) => (piece.kind === 'analyst-report' ? piece.program : '')));
  const both = votes.find((vote) => played.has(vote.program));
  if (both !== undefined) return { broken: `The juror ${both.juror} runs a program that also played in this market.` };
  return {
    summary: `A panel decided “${p.outcome}”: ${count.votesFor} for, ${count.votesAgainst} against, ${count.abstained} abstained${decidedBy.audited ? '; the operator states that people or a record confirmed it' : '; unaudited'}.${contested(p)}`,
    proves: [
      { property: 'agreement', of: `${count.votesFor} attached votes with the stated outcome, under the claim's rule` },
    ],
    assumes: [
      'the jurors err independently of each other and of the players',
      `whoever runs them did not choose them for their votes (operators: ${[...new Set(votes.map((v) => v.operator))].join(', ')})`,
    ],
  };
};

const byRecord = (p: ReceiptPredicate): Judged => {
  if (p.claim.rule.kind !== 'official') return { broken: 'The claim is not decided by an official record.' };
  const record = p.evidence.find((piece) => piece.kind === 'official-record');
  if (p.decidedBy.kind !== 'official' || record === undefined) {
    return { broken: 'An official record is said to have decided, but none is attached.' };
  }
  if (record.source !== p.decidedBy.source || record.outcome !== p.claim.outcomes.indexOf(p.outcome ?? '')) {
    return { broken: 'The attached record has another source or outcome than the receipt.' };
  }
  return {
    summary: `“${p.outcome}” follows from the record of ${record.source} as the operator states it.`,
    assumes: [`the operator copied the record of ${record.source} faithfully`],
  };
};

/** Where a court says that the claim has no outcome to give. */
const SAID = { undecidable: OUTCOME.undecidable, 'too-early': OUTCOME.tooEarly, invalid: OUTCOME.invalid } as const;

const byCourt = (p: ReceiptPredicate): Judged => {
  const record = p.evidence.find((piece) => piece.kind === 'court-record');
  const { decidedBy } = p;
  if (decidedBy.kind !== 'court' || record === undefined)
    return { broken: 'The court is said to have decided, but no record of it is attached.' };
  const last = record.rounds.findLast((round) => round.ruling !== null);
  if (last === undefined) return { broken: 'The attached record of the court has no ruling.' };
  const after = record.rounds.length - 1 - record.rounds.indexOf(last);
  const ruling = decidedBy.said === 'outcome' ? p.claim.outcomes.indexOf(p.outcome ?? '') : SAID[decidedBy.said];
  const cast = castIn(last);
  const votesFor = cast.filter((outcome) => outcome === ruling).length;
  const same =
    decidedBy.round === record.rounds.length - after &&
    decidedBy.jurors === last.jurors &&
    decidedBy.votesFor === votesFor &&
    decidedBy.votesAgainst === cast.length - votesFor &&
    decidedBy.silent === last.seats.length - cast.length;
  if (last.ruling !== ruling || !same) return { broken: 'The attached record of the court says something else.' };
  const answer = decidedBy.said === 'outcome' ? `“${p.outcome}”` : `the claim ${decidedBy.said.replace('-', ' ')}`;
  const jurors = decidedBy.jurors === 'ai' ? 'AI jurors' : 'people';
  return {
    summary: `The court ruled ${answer} in round ${decidedBy.round}: of ${last.seats.length} ${jurors}, ${votesFor} for, ${decidedBy.votesAgainst} against, ${decidedBy.silent} without a vote${after > 0 ? `; ${after} later without a ruling` : ''}.`,
    proves: [
      { property: 'agreement', of: `${votesFor} recorded votes with the stated outcome, under the court's rules` },
    ],
    assumes: [
      'the operator recorded the votes as they were cast',
      decidedBy.jurors === 'ai'
        ? 'the jurors err independently of each other: no person has looked'
        : 'those who held the stakes were different people, and were not paid for their votes',
    ],
  };
};

const judge = (p: ReceiptPredicate): Judged => {
  switch (p.decidedBy.kind) {
    case 'market':
      return byMarket(p);
    case 'panel':
      return byPanel(p);
    case 'official':
      return byRecord(p);
    case 'people':
      return {
        summary: `The operator states that people decided “${p.outcome}”: ${p.decidedBy.note}`,
        assumes: ['the operator reports what people decided; their votes are not attached'],
      };
    case 'court':
      return byCourt(p);
    case 'undecided':
      return {
        summary: `Undecided: ${p.decidedBy.reason}`,
        assumes: ['the operator looked for a decision as the claim asks'],
      };
  }
};

/** Whether the outcome follows from the evidence by the claim's rule: refuted, or not shown. Never shown. */
export const decisionFinding = (predicate: ReceiptPredicate): Finding => {
  const judged = judge(predicate);
  const doesNotProve = ['that the answer is right'] as const;
  if ('broken' in judged) {
    return findingAbout('output', 'decision', { holds: 'refuted', summary: judged.broken, doesNotProve });
  }
  const freshAt = predicate.issuedAt;
  return findingAbout('output', 'decision', { holds: 'not-shown', doesNotProve, freshAt, ...judged });
};
