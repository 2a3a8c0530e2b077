import {
  answerWords,
  claimMove,
  disputeMoves,
  disputeState,
  endMove,
  isIterated,
  nativeWords,
  questionWords,
  type Run,
  type RunDispute,
  type ToldMove,
} from '@surety/sdk/page';
import { HexText } from '../../ui/hex-text.tsx';
import { countdown, moment } from '../../ui/time.ts';
import { AccountName } from './account-name.tsx';

const Move = ({ move: { who, account, at, transaction, words, prepaidWei } }: { move: ToldMove }) => (
  <li class={`move move-${who.toLowerCase()}`}>
    <p class="move-who">
      <strong>{who}</strong>{' '}
      <span class="small quiet">
        <AccountName address={account} /> · {moment(at)} · transaction <HexText text={transaction} />
        {prepaidWei !== null && ` · prepaid ${nativeWords(prepaidWei)} of the chain’s currency for the answer`}
      </span>
    </p>
    <p>{words}</p>
  </li>
);

const Waiting = ({ dispute, at }: { dispute: RunDispute; at: number }) => {
  const { turn } = dispute;
  if (turn === null) return null;
  const left = turn.before - at;
  const other = turn.side === 'provider' ? 'challenger' : 'provider';
  return (
    <li class={`move move-waiting move-${turn.side}`}>
      <p>
        <strong>{left < 0 ? `The ${turn.side}’s clock has run out` : `Waiting for the ${turn.side}`}</strong>{' '}
        {left >= 0 && (
          <span class="small quiet">
            {countdown(left)} left for all its moves; the {other} has {countdown(turn.otherSeconds)}
          </span>
        )}
      </p>
    </li>
  );
};

const DisputeMoves = ({ dispute, run, at }: { dispute: RunDispute; run: Run; at: number }) => {
  const title = `dispute-${dispute.number}`;
  return (
    <section aria-labelledby={title} class="dispute">
      <h3 id={title}>
        Dispute {dispute.number} <span class="quiet">{disputeState(run, dispute)}</span>
      </h3>
      <ol class="list moves">
        {disputeMoves(run, dispute).map((move, index) => (
          <Move key={index} move={move} />
        ))}
        {run.state === 'open' && <Waiting dispute={dispute} at={at} />}
      </ol>
    </section>
  );
};

/** Every move of every dispute, in order, after what the provider showed of itself. */
export const Moves = ({ run, at }: { run: Run; at: number }) => {
  const last = endMove(run);
  const iterated = isIterated(run);
  return (
    <section class="sheet moves-sheet" aria-labelledby="moves">
      <h2 id="moves">Every move so far</h2>
      <ol class="list moves">
        <Move move={claimMove(run)} />
        {run.shown.map(({ question, answer }, index) => (
          <li key={index} class="move move-ahead">
            <p>
              <span class="quiet">{questionWords(question, iterated)}</span> {answerWords(answer)}
            </p>
          </li>
        ))}
      </ol>
      {run.disputed.map((dispute) => (
        <DisputeMoves key={dispute.number} dispute={dispute} run={run} at={at} />
      ))}
      {run.disputed.length === 0 && run.state === 'open' && <p class="quiet">Nobody has disputed it.</p>}
      {last !== null && (
        <ol class="list moves">
          <Move move={last} />
        </ol>
      )}
    </section>
  );
};
