import { type CourtCase, rulingWords, seatsWords } from '@surety/sdk/page';
import { dollars, dollarsExact } from '../../ui/amount.ts';
import { moment } from '../../ui/time.ts';
import { verdictName } from './outcome-choice.tsx';

type Round = CourtCase['rounds'][number];

/** A case of a node or of a contract, as far as its ladder goes. */
export type LadderOf = Pick<CourtCase, 'rungs' | 'rounds' | 'endsAt' | 'bondsMicroUsd' | 'oneOperator'> & {
  readonly claim: { readonly outcomes: readonly string[] };
  /** `null` while nothing is proposed. */
  readonly proposedAt: number | null;
  readonly latestEnd: number | null;
};

const paid = (of: LadderOf): string => dollarsExact(of.rungs[0]?.bondMicroUsd ?? '0');

const Proposal = ({ of }: { of: LadderOf }) =>
  of.proposedAt === null ? (
    <li class="rung rung-to-come">
      <h3>Proposed</h3>
      <p class="quiet">nothing yet</p>
    </li>
  ) : (
    <li class="rung rung-past">
      <h3>Proposed</h3>
      <p>
        “{verdictName(of.claim.outcomes, of.rungs[0]?.outcome ?? 0)}”, with a bond of {paid(of)}
      </p>
      <p class="small quiet">{moment(of.proposedAt)}</p>
    </li>
  );

const when = (round: Round): string => {
  if (round.times === null) return `${round.quorum} votes needed · a seat earns ${dollars(round.feePerSeatMicroUsd)}`;
  if (round.state === 'running')
    return `votes are given until ${moment(round.times.commitEndsAt)}, and opened until ${moment(round.times.revealEndsAt)}`;
  return `votes were to be opened by ${moment(round.times.revealEndsAt)}`;
};

const drawnBy = ({ beacon }: Round): string => {
  if (beacon === null) return '';
  return beacon.source === 'drand' ? ' · drawn by drand' : ' · drawn by a block of the chain';
};

const Rung = ({ of, round }: { of: LadderOf; round: Round }) => (
  <li class={`rung rung-${round.state}`} aria-current={round.state === 'running' ? 'step' : undefined}>
    <h3>
      Round {round.number}: {seatsWords(round, of.oneOperator)}
    </h3>
    <p>
      {round.ruling !== null && <strong>“{verdictName(of.claim.outcomes, round.ruling)}”: </strong>}
      <span class={round.state === 'to-come' ? 'quiet' : ''}>{rulingWords(of.claim.outcomes, round)}</span>
    </p>
    <p class="small quiet">
      {when(round)}
      {drawnBy(round)}
    </p>
  </li>
);

/** The whole way at a glance: what was proposed, who judged, what they said, who could still be called. */
export const Ladder = ({ of }: { of: LadderOf }) => (
  <section class="sheet" aria-labelledby="ladder">
    <header class="section-head">
      <h2 id="ladder">The ladder</h2>
      <p class="small quiet">
        {of.endsAt === null
          ? 'Ended · '
          : of.latestEnd === null
            ? ''
            : `Over by ${moment(of.latestEnd)} at the latest · `}
        bonds {dollars(of.bondsMicroUsd)}
      </p>
    </header>
    <ol class="list ladder">
      <Proposal of={of} />
      {of.rounds.map((round) => (
        <Rung key={round.number} of={of} round={round} />
      ))}
    </ol>
  </section>
);
