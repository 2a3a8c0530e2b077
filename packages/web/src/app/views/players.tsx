import type { Player } from '@surety/sdk/page';
import { dollars } from '../../ui/amount.ts';
import { client } from '../client.ts';
import { useLoaded } from '../loaded.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';

/** Brier score with three decimals from parts per million. */
const brier = (ppm: number): string => (Math.round(ppm / 1_000) / 1_000).toFixed(3);

const scoreOf = (player: Player): number =>
  player.audited > 0 ? (player.brierPpm ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER;

const Row = ({ player, rank }: { player: Player; rank: number }) => {
  const scored = player.audited > 0 && player.brierPpm !== undefined && player.brierPpm !== null;
  return (
    <tr class={scored ? undefined : 'unaudited'}>
      <td data-name="Rank">{scored ? rank : '–'}</td>
      <th scope="row">
        <span class="player-name">{player.id}</span>
        <span class="small quiet block">{player.description}</span>
      </th>
      <td data-name="Reads by">
        {player.family}
        <span class="small quiet block">{player.kind}</span>
      </td>
      <td data-name="Score, audited only" class="number">
        {scored ? <strong>{brier(player.brierPpm ?? 0)}</strong> : <span class="tag">no audited score</span>}
      </td>
      <td data-name="Audited" class="number">
        {player.audited}
      </td>
      <td data-name="Unaudited" class="number quiet">
        {player.unaudited}
      </td>
      <td data-name="Wealth" class="number">
        {dollars(player.wealthMicroUsd)}
      </td>
    </tr>
  );
};

/** Who plays, and how well they did where somebody other than a model checked. */
export const PlayersView = () => {
  const { state, reload } = useLoaded('players', () => client.players());
  return (
    <div class="column-wide stack">
      <h1>Players</h1>
      <p class="lede">
        Scores and wealth move only on answers that people or an official record checked. <strong>Audited</strong>{' '}
        counts those; <strong>unaudited</strong> answers were decided by models alone and move nothing.
      </p>
      {state.kind === 'loading' && <Waiting what="The list of players" lines={6} />}
      {state.kind === 'failed' && <ProblemNotice problem={state.problem} onRetry={reload} />}
      {state.kind === 'ready' && state.value.players.length === 0 && <p class="empty">No player has joined yet.</p>}
      {state.kind === 'ready' && state.value.players.length > 0 && (
        <table class="table">
          <caption class="small quiet">Brier score: 0 is perfect, 0.25 is a coin toss, lower is better.</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">Rank</span>
              </th>
              <th scope="col">Player</th>
              <th scope="col">Reads by</th>
              <th scope="col" class="number">
                Score
              </th>
              <th scope="col" class="number">
                Audited
              </th>
              <th scope="col" class="number">
                Unaudited
              </th>
              <th scope="col" class="number">
                Wealth
              </th>
            </tr>
          </thead>
          <tbody>
            {[...state.value.players]
              .sort((a, b) => scoreOf(a) - scoreOf(b) || a.id.localeCompare(b.id))
              .map((player, index) => (
                <Row key={player.id} player={player} rank={index + 1} />
              ))}
          </tbody>
        </table>
      )}
    </div>
  );
};
