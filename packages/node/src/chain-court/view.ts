/** A case of a contract as the wire shows it. */
import {
  AI_ROUNDS,
  type ContractCase,
  type ContractRound,
  type ContractSeat,
  hasEnded,
  isByPerson,
  pottedUnits,
} from '@surety/chain';
import { OUTCOME, type QuestionClaim } from '@surety/core';
import { questionWords } from '@surety/intent';
import type { ChainCase } from '@surety/protocol';
import type { ClaimText } from '../juror/claim-text.ts';
import { owedOf } from './owed.ts';
import { type GasPrice, servingOf } from './serving.ts';

type Phase = ChainCase['phase'];
type Round = ChainCase['rounds'][number];
type Seat = Round['panel'][number];

const PHASES: Readonly<Record<ContractCase['state'], Phase>> = {
  none: 'asked',
  asked: 'asked',
  proposed: 'proposed',
  drawing: 'round',
  committing: 'round',
  revealing: 'round',
  tallying: 'round',
  appealable: 'appealable',
  funding: 'funding',
  final: 'final',
  undecided: 'undecided',
};

const voteOf = ({ state, vote }: ContractSeat): Seat['vote'] => {
  if (state === 'copied') return 'copy';
  if (state === 'shown') return 'shown';
  if (vote === null) return 'none';
  return vote === OUTCOME.abstain ? 'abstained' : 'cast';
};

/** What a seat has said of its vote. */
export type Said = { readonly family: string | null; readonly reason: string };
export type SaidBy = (seat: ContractSeat) => Said | null;

const seatOf = (seat: ContractSeat, said: Said | null): Seat => ({
  juror: seat.juror,
  ...{ name: null, operator: null, family: said?.family ?? null, reason: said?.reason ?? null },
  committed: seat.commitment !== null,
  vote: voteOf(seat),
  outcome: seat.vote === null || seat.vote === OUTCOME.abstain ? null : seat.vote,
});

const roundOf = (of: ContractCase, number: number, held: ContractRound | undefined, saidBy: SaidBy): Round => {
  const terms = of.policy.rounds[number - 1]!;
  const { feeUnits, lossToGain, seats, quorum } = terms;
  const panel = held?.panel;
  return {
    ...{ number, seats, quorum, jurors: number <= AI_ROUNDS ? 'ai' : 'people' },
    drawnBy: isByPerson(terms) ? 'person' : 'stake',
    feePerSeatMicroUsd: String(feeUnits),
    lockMicroUsd: String(feeUnits * BigInt(lossToGain)),
    state: held === undefined ? 'to-come' : held.result === null ? 'running' : 'past',
    times:
      panel === undefined
        ? null
        : {
            beaconAt: panel.beaconAt,
            drawEndsAt: panel.drawEndsAt,
            commitEndsAt: panel.commitEndsAt,
            revealEndsAt: panel.revealEndsAt,
          },
    beacon: held?.beacon
      ? { randomness: held.beacon.randomness, source: held.beacon.byFallback ? 'chain' : 'drand' }
      : null,
    panel: (held?.seats ?? []).map((seat) => seatOf(seat, saidBy(seat))),
    ruling: held?.result?.outcome ?? null,
  };
};

/** From the proposal to the latest end, by the policy's windows alone. */
const longestSeconds = ({ policy }: ContractCase): number =>
  policy.rounds.reduce(
    (sum, { commitSeconds, revealSeconds, appealSeconds }, i) =>
      sum + policy.drawSeconds + commitSeconds + revealSeconds + (i === policy.rounds.length - 1 ? 0 : appealSeconds),
    policy.challengeSeconds,
  );

/** What a window that is over lets anybody do; a draw while there is time for it. */
const dueOf = (of: ContractCase, now: number): ChainCase['due'] => {
  const round = of.rounds.at(-1);
  if (hasEnded(of)) return null;
  if (round === undefined || round.result !== null) return of.endsAt !== null && now >= of.endsAt ? 'finalise' : null;
  const { beaconAt, drawEndsAt, commitEndsAt, revealEndsAt, drawn, unrevealed } = round.panel;
  if (drawn !== 'whole' && now >= beaconAt && now < drawEndsAt) return 'draw';
  return now >= revealEndsAt || (now >= commitEndsAt && unrevealed === 0) ? 'tally' : null;
};

const rungsOf = (of: ContractCase): ChainCase['rungs'] =>
  of.rungs.map(({ outcome, bondUnits, feesUnits }, rung) => ({
    outcome,
    bondMicroUsd: String(bondUnits),
    feesMicroUsd: String(feesUnits),
    shares: of.contributions
      .filter((each) => each.rung === rung && (outcome === null || each.outcome === outcome))
      .map(({ contributor, amountUnits }) => ({ account: contributor, amountMicroUsd: String(amountUnits) })),
  }));

const potsOf = (of: ContractCase): ChainCase['pots'] => {
  const outcomes = of.contributions.filter(({ rung }) => rung === of.rungs.length).map(({ outcome }) => outcome);
  return [...new Set(outcomes)].map((outcome) => ({ outcome, amountMicroUsd: String(pottedUnits(of, outcome)) }));
};

/** What the case asks, without the rule and the market of a claim: here the court decides. */
const wordsOf = ({ subject, predicate, outcomes }: QuestionClaim): string =>
  `${questionWords(subject, predicate)} Answers: ${outcomes.join(' or ')}.`;

/** What a case is shown with: the chain's place and time, what gas costs there, and whether people judge at its court. */
export type Around = {
  readonly chain: ChainCase['chain'];
  readonly price: GasPrice | null;
  readonly hasPeople: boolean;
  /** The registry of persons that the court draws from; `null` where it has none. */
  readonly persons: ChainCase['persons'];
};

/** The texts behind a case: of the claim, and of the votes. */
export type Texts = { readonly claim: ClaimText; readonly saidBy: SaidBy };

export const chainCaseOf = (
  of: ContractCase,
  { claim: text, saidBy }: Texts,
  { chain, price, hasPeople, persons }: Around,
): ChainCase => {
  const claim = text.kind === 'found' ? text.claim : null;
  const { latestEndAt, need, policy } = of;
  return {
    caseId: Number(of.id),
    chain,
    question: of.question,
    claim,
    claimFrom: text.kind === 'found' ? text.from : null,
    plainWords: claim === null ? null : wordsOf(claim),
    labels: claim?.outcomes ?? Array.from({ length: of.outcomes }, (_, i) => `outcome ${i}`),
    ...{ asker: of.asker, proposer: of.proposer },
    phase: PHASES[of.state],
    endsAt: of.endsAt,
    proposedAt: latestEndAt === null || of.proposer === null ? null : latestEndAt - longestSeconds(of),
    latestEnd: latestEndAt,
    standing: of.standing,
    outcome: of.state === 'final' ? of.standing : null,
    bondsMicroUsd: String(of.rungs.reduce((sum, { bondUnits }) => sum + bondUnits, 0n)),
    rewardMicroUsd: String(of.rewardUnits),
    round: of.rounds.length,
    jurors: of.rounds.length === 0 ? null : of.rounds.length <= AI_ROUNDS ? 'ai' : 'people',
    policy: of.policyId,
    leastBondMicroUsd: String(policy.leastBondUnits),
    mostBondMicroUsd: String(policy.mostBondUnits),
    oneOperator: policy.oneOperator,
    persons: policy.rounds.some(isByPerson) ? persons : null,
    rungs: rungsOf(of),
    rounds: policy.rounds.map((_, i) => roundOf(of, i + 1, of.rounds[i], saidBy)),
    need: need && { bondMicroUsd: String(need.bondUnits), feesMicroUsd: String(need.feesUnits) },
    pots: potsOf(of),
    due: dueOf(of, chain.now),
    serving: servingOf(of, price),
    unruledStands: policy.unruledStands,
    hasPeople,
    owed: owedOf(of),
    calledBack: of.calledBack,
  };
};
