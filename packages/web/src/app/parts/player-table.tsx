import type { Player } from '@surety/sdk/page';
import { dollars } from '../../ui/amount.ts';

/** Whether anybody but a model has checked an answer of this player. */
export const isScored = (player: Player): boolean =>
  player.audited > 0 && player.brierPpm !== undefined && player.brierPpm !== null;

/** Brier score with three decimals from parts per million. */
const brier = (ppm: number): string => (Math.round(ppm / 1_000) / 1_000).toFixed(3);

const Row = ({ player, rank }: { player: Player; rank: number | null }) => (
  <tr>
    <th scope="row">
      <span class="player-name">
        {rank !== null && <span class="quiet">{rank}. </span>}
        {player.id}
      </span>
      <span class="small quiet block">{player.description}</span>
    </th>
    <td data-name="Reads by">
      {player.family}
      <span class="small quiet block">{player.kind}</span>
    </td>
    {rank !== null && (
      <td data-name="Brier score, audited only" class="number">
        <strong>{brier(player.brierPpm ?? 0)}</strong>
      </td>
    )}
    <td data-name="Audited" class="number">
      {player.audited}
    </td>
    <td data-name="Unaudited" class="number quiet">
      {player.unaudited}
    </td>
    <td data-name="Money" class="number">
      {dollars(player.wealthMicroUsd)}
    </td>
  </tr>
);

/** Players as rows; with scores and ranks only where there are audited ones. */
export const PlayerTable = ({ players, ranked = false }: { players: readonly Player[]; ranked?: boolean }) => (
  <table class="table">
    {ranked && (
      <caption class="small quiet">
        Brier score over both outcomes: 0 is perfect, 0.5 is a coin toss, 2 is certain and wrong.
      </caption>
    )}
    <thead>
      <tr>
        <th scope="col">Player</th>
        <th scope="col">Reads by</th>
        {ranked && (
          <th scope="col" class="number">
            Score
          </th>
        )}
        <th scope="col" class="number">
          Audited
        </th>
        <th scope="col" class="number">
          Unaudited
        </th>
        <th scope="col" class="number">
          Money
        </th>
      </tr>
    </thead>
    <tbody>
      {players.map((player, index) => (
        <Row key={player.id} player={player} rank={ranked ? index + 1 : null} />
      ))}
    </tbody>
  </table>
);
