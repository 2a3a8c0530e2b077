import { nextMove, type Run, stageOf } from '@surety/sdk/page';
import { countdown, moment, span } from '../../ui/time.ts';

const SIDES = {
  provider: 'The provider’s move',
  challenger: 'The challenger’s move',
  anybody: 'Open to anybody',
} as const;

const Others = ({ run, at }: { run: Run; at: number }) => {
  const live = run.disputed.filter(({ turn }) => turn !== null);
  if (live.length < 2 || run.state !== 'open') return null;
  return (
    <ul class="small quiet run-others">
      {live.map(({ number, turn }) => (
        <li key={number}>
          Dispute {number}: the {turn?.side} has {countdown((turn?.before ?? 0) - at)} left
        </li>
      ))}
    </ul>
  );
};

/** Who must move until when, and what happens otherwise: the first thing that somebody with money in it wants to know. */
export const WhoseMove = ({ run, at }: { run: Run; at: number }) => {
  const { side, what, otherwise, before } = nextMove(run, at);
  const stage = stageOf(run, at);
  return (
    <section class={`sheet whose-move whose-move-${stage}`} aria-labelledby="whose-move">
      <h2 id="whose-move">{side === null ? 'How it ended' : SIDES[side]}</h2>
      <p class="whose-move-what">{what}</p>
      {before !== null && (
        <p class="whose-move-clock">
          <strong role="timer" aria-label={`Time left: ${span(Math.max(0, before - at))}`}>
            {countdown(before - at)}
          </strong>
          <span class="small quiet">
            left, until {moment(before)}
            <br />
            by the chain’s clock
          </span>
        </p>
      )}
      {before === null && run.end !== null && <p class="quiet">{moment(run.end.at)}</p>}
      <p class="quiet">{otherwise}</p>
      <Others run={run} at={at} />
    </section>
  );
};
