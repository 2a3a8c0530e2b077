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
    <AccountName address={seat.juror} />
  ) : (
    <span>
      {seat.name} <span class="small quiet">{seat.family}</span>
    </span>
  );

/** Each seat of the panels that have judged: who, what, why. Reasons are other people's text, shown as text. */
export const PanelVotes = ({ of }: { of: Votes }) => {
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
                {seat.reason !== null && <p class="inert small">{seat.reason}</p>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
};
