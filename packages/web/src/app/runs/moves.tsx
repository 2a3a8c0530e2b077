import {
  answerWords,
  nativeWords,
  questionWords,
  type Run,
  type RunDispute,
  type RunMove,
  refutationWords,
} from '@surety/sdk/page';
import { HexText } from '../../ui/hex-text.tsx';
import { countdown, moment } from '../../ui/time.ts';
import { AccountName } from './account-name.tsx';
import { isIterated } from './program-name.ts';

type Who = 'Provider' | 'Challenger' | 'Somebody';

/** Which side an account is. */
const whoIs = (run: Run, account: string): Who => {
  if (account === run.provider) return 'Provider';
  return run.disputed.some(({ challenger }) => challenger === account) ? 'Challenger' : 'Somebody';
};

type MoveProps = {
  readonly who: Who;
  readonly account: string;
  readonly at: number;
  readonly transaction: string;
  readonly words: string;
  readonly prepaidWei?: string;
};

const Move = ({ who, account, at, transaction, words, prepaidWei }: MoveProps) => (
  <li class={`move move-${who.toLowerCase()}`}>
    <p class="move-who">
      <strong>{who}</strong>{' '}
      <span class="small quiet">
        <AccountName address={account} /> · {moment(at)} · transaction <HexText text={transaction} />
        {prepaidWei !== undefined && ` · prepaid ${nativeWords(prepaidWei)} of the chain’s currency for the answer`}
      </span>
    </p>
    <p>{words}</p>
  </li>
);

const wordsOf = (move: RunMove, iterated: boolean): string =>
  move.kind === 'asked' ? questionWords(move.question, iterated) : answerWords(move.answer);

const CLOSED: Readonly<Record<NonNullable<RunDispute['closed']>['how'], string>> = {
  conceded: 'Gave up. The stake went to the provider.',
  'challenger-clock': 'Closed it: the challenger’s clock had run out. The stake went to the provider.',
  'provider-clock': 'Closed it: the provider’s clock had run out. The claim is void.',
  refuted: 'Refuted the run. The claim is void.',
  settled: 'Settled it: the claim had been decided otherwise.',
};

const Closing = ({ dispute, run }: { dispute: RunDispute; run: Run }) => {
  if (dispute.closed === null) return null;
  const { how, at, transaction } = dispute.closed;
  const refutation = run.end?.kind === 'void' && run.end.dispute === dispute.number ? run.end.refutation : null;
  const words = refutation === null ? CLOSED[how] : `${CLOSED[how]} ${refutationWords(refutation, isIterated(run))}`;
  const own = how === 'conceded';
  const by = own || run.end === null || run.end.at !== at ? dispute.challenger : run.end.by;
  return <Move who={whoIs(run, by)} account={by} at={at} transaction={transaction} words={words} />;
};

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
  const iterated = isIterated(run);
  const title = `dispute-${dispute.number}`;
  return (
    <section aria-labelledby={title} class="dispute">
      <h3 id={title}>
        Dispute {dispute.number}{' '}
        <span class="quiet">
          {dispute.closed !== null ? 'closed' : run.state === 'open' ? 'open' : 'ended with the claim'}
        </span>
      </h3>
      <ol class="list moves">
        {dispute.moves.map((move) => (
          <Move
            key={`${move.kind} ${move.transaction}`}
            who={move.kind === 'asked' ? 'Challenger' : 'Provider'}
            account={move.by}
            at={move.at}
            transaction={move.transaction}
            words={wordsOf(move, iterated)}
            {...(move.kind === 'asked' && { prepaidWei: move.prepaidWei })}
          />
        ))}
        <Closing dispute={dispute} run={run} />
        {run.state === 'open' && <Waiting dispute={dispute} at={at} />}
      </ol>
    </section>
  );
};

const endWords = (run: Run): string | null => {
  const { end } = run;
  if (end === null || (end.kind === 'void' && end.dispute !== null)) return null;
  if (end.kind === 'annulled')
    return 'Showed that the result lies outside the agreed tolerance. The claim is annulled.';
  if (end.kind === 'final')
    return end.proved
      ? 'Proved the run. The result is final.'
      : 'Made it final: the window was over and no dispute open.';
  return end.refutation === null
    ? 'Refuted the run. The claim is void.'
    : `Refuted the run, without a dispute. The claim is void. ${refutationWords(end.refutation, isIterated(run))}`;
};

/** Every move of every dispute, in order, after what the provider showed of itself. */
export const Moves = ({ run, at }: { run: Run; at: number }) => {
  const last = endWords(run);
  const iterated = isIterated(run);
  return (
    <section class="sheet moves-sheet" aria-labelledby="moves">
      <h2 id="moves">Every move so far</h2>
      <ol class="list moves">
        <Move
          who="Provider"
          account={run.provider}
          at={run.madeAt}
          transaction={run.transaction}
          words={`Made the claim${run.shown.length === 0 ? '.' : ', and showed in advance:'}`}
        />
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
      {last !== null && run.end !== null && (
        <ol class="list moves">
          <Move
            who={whoIs(run, run.end.by)}
            account={run.end.by}
            at={run.end.at}
            transaction={run.end.transaction}
            words={last}
          />
        </ol>
      )}
    </section>
  );
};
