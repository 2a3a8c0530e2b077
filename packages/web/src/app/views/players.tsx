import type { Player } from '@surety/sdk/page';
import { client } from '../client.ts';
import { useLoaded } from '../loaded.ts';
import { isScored, PlayerTable } from '../parts/player-table.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';

const byScore = (a: Player, b: Player): number => (a.brierPpm ?? 0) - (b.brierPpm ?? 0) || a.id.localeCompare(b.id);
const byName = (a: Player, b: Player): number => a.id.localeCompare(b.id);

const Tables = ({ players }: { players: readonly Player[] }) => {
  const scored = players.filter(isScored).sort(byScore);
  const rest = players.filter((player) => !isScored(player)).sort(byName);
  return (
    <>
      <section class="stack" aria-labelledby="audited">
        <h2 id="audited">Scored on audited answers</h2>
        {scored.length === 0 ? (
          <p class="empty">
            Nobody yet. A share of the questions, drawn by chance, and every challenged one are checked by people.
          </p>
        ) : (
          <PlayerTable players={scored} ranked />
        )}
      </section>
      {rest.length > 0 && (
        <section class="stack" aria-labelledby="unaudited">
          <h2 id="unaudited">No audited answer yet</h2>
          <PlayerTable players={rest} />
        </section>
      )}
    </>
  );
};

/** Who plays, and how well they did where somebody other than a model checked. */
export const PlayersView = () => {
  const { state, reload } = useLoaded('players', () => client.players());
  return (
    <div class="column-wide stack">
      <h1>Players</h1>
      <p class="lede">
        Scores, and how much of its money a player may bet, move only on answers that people or an official record
        checked. <strong>Audited</strong> counts those; <strong>unaudited</strong> answers were decided by models alone:
        their bets are paid, and count for no score.
      </p>
      {state.kind === 'loading' && <Waiting what="The list of players" lines={6} />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
      {state.kind === 'ready' && <Tables players={state.value.players} />}
    </div>
  );
};
