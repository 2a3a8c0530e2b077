import type { CourtCase } from '@surety/sdk/page';
import { AccountName } from '../runs/account-name.tsx';
import { verdictName } from './outcome-choice.tsx';

type Round = CourtCase['rounds'][number];
type Seat = Round['panel'][number];

type Votes = Pick<CourtCase, 'rounds'> & { readonly claim: { readonly outcomes: readonly string[] } };

const voteWords = (of: Votes, { vote, outcome, committed }: Seat): string => {
  if (outcome !== null) return `“${verdictName(of.claim.outcomes, outcome)}”`;
  if (vote === 'abstained') return 'abstained';
  if (vote === 'copy') return 'void: a copy of another vote';
  if (vote === 'shown') return 'void: shown before its time';
  return committed ? 'did not open the vote' : 'did not vote';
};

const Who = ({ seat }: { seat: Seat }) =>
  seat.name === null ? (
    <span>
      <AccountName address={seat.juror} />
      {seat.family !== null && <span class="small quiet"> family {seat.family}</span>}
    </span>
  ) : (
    <span>
      {seat.name} <span class="small quiet">{seat.family}</span>
    </span>
  );

/** A seat that opened its vote gives a reason, or is said to have published none. */
const Reason = ({ seat: { vote, reason } }: { seat: Seat }) => {
  if (reason !== null) return <p class="inert small">{reason}</p>;
  if (vote !== 'cast' && vote !== 'abstained') return null;
  return <p class="small quiet">It published no reason that this node has.</p>;
};

/**
 * Each seat of the panels that have judged: who, what, why. Reasons are other people's text, shown as text.
 * `shows`: what that they stand here shows, and what not.
 */
export const PanelVotes = ({ of, shows }: { of: Votes; shows?: string }) => {
  const rounds = of.rounds.filter(({ panel, state }) => state === 'past' && panel.length > 0);
  if (rounds.length === 0) return null;
  return (
    <section class="sheet stack" aria-labelledby="votes">
      <h2 id="votes">Who judged, and why</h2>
      {rounds.map((round) => (
        <div key={round.number}>
          <h3>Round {round.number}</h3>
          <ul class="list panel-votes">
            {round.panel.map((seat) => (
              <li key={seat.juror}>
                <p>
                  <Who seat={seat} /> <strong>{voteWords(of, seat)}</strong>
                </p>
                <Reason seat={seat} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {shows !== undefined && <p class="small quiet">{shows}</p>}
    </section>
  );
};
