import type { CourtJuror } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollars, dollarsExact, parseDollars } from '../../ui/amount.ts';
import { questionParts } from '../../ui/question.ts';
import { moment } from '../../ui/time.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { href } from '../router.ts';
import { useActing } from './acting.ts';
import { MyPerson } from './my-person.tsx';

type Duty = CourtJuror['duties'][number];

const TODO: Readonly<Record<Duty['todo'], string>> = {
  commit: 'vote',
  open: 'open your vote',
  done: 'nothing more to do',
};

const Duties = ({ duties }: { duties: readonly Duty[] }) => (
  <ul class="list duties">
    {duties.map((duty) => (
      <li key={duty.caseId}>
        <a href={href({ kind: 'case', marketId: duty.caseId })}>
          <strong>{dollars(duty.feeMicroUsd)} · about 10 min</strong>
          <span>{questionParts(duty.plainWords).question}</span>
          <span class="small quiet">
            {TODO[duty.todo]} by {moment(duty.until)}
          </span>
        </a>
      </li>
    ))}
  </ul>
);

/** The stake that lets one be drawn. */
const StakeForm = ({ juror, onDone }: { juror: CourtJuror | null; onDone: () => void }) => {
  const [amount, setAmount] = useState('10');
  const { busy, problem, done, run } = useActing();
  const typed = parseDollars(amount);
  const staked = BigInt(juror?.stakeMicroUsd ?? '0') + BigInt(juror?.lockedMicroUsd ?? '0');
  const put = async (): Promise<void> => {
    if (typed === null || typed === 0n) return;
    const body = { type: 'surety/action/stake/v1', amountMicroUsd: typed.toString() } as const;
    if (await run(body, () => 'Staked. It counts in panels that are called from now on.', typed)) onDone();
  };
  const take = async (): Promise<void> => {
    if (await run({ type: 'surety/action/unstake/v1' }, () => 'What no case has locked is back in your account.'))
      onDone();
  };
  return (
    <>
      <dl class="leaders small">
        <div>
          <dt>Your stake</dt>
          <dd>{dollarsExact(staked)}</dd>
        </div>
        {BigInt(juror?.lockedMicroUsd ?? '0') > 0n && (
          <div>
            <dt>Locked in cases</dt>
            <dd>{dollarsExact(juror?.lockedMicroUsd ?? '0')}</dd>
          </div>
        )}
      </dl>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void put();
        }}
      >
        <div class="field">
          <label for="stake-amount">Stake, in dollars (development money)</label>
          <input
            id="stake-amount"
            class="input"
            inputMode="decimal"
            autocomplete="off"
            value={amount}
            onInput={(event) => setAmount(event.currentTarget.value)}
          />
        </div>
        {typed === null && <p class="small field-problem">Type an amount such as 10 or 2.50.</p>}
        <p class="button-row">
          <button type="submit" class="button button-main" aria-disabled={busy || typed === null}>
            {busy ? 'Staking…' : 'Stake to judge'}
          </button>
          {BigInt(juror?.stakeMicroUsd ?? '0') > 0n && (
            <button type="button" class="button" aria-disabled={busy} onClick={() => void take()}>
              Take it back
            </button>
          )}
        </p>
      </form>
      <p class="small quiet">
        The more stake, the more often you are drawn, by a public beacon. You are paid for votes that are the final
        outcome, and lose as much for those that are not; you may always abstain.
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
      {done !== '' && <p class="notice small">{done}</p>}
    </>
  );
};

/** Cases that one was drawn for, pay and time first; and what lets one be drawn: a stake, or being shown to be one person. */
export const MyStake = ({ own, juror, onDone }: { own: string; juror: CourtJuror | null; onDone: () => void }) => (
  <section class="sheet stack" aria-labelledby="my-duties">
    <h2 id="my-duties">Your cases</h2>
    {(juror?.duties.length ?? 0) > 0 ? (
      <Duties duties={juror?.duties ?? []} />
    ) : (
      <p class="empty">You are drawn for none at the moment.</p>
    )}
    {juror?.person ? (
      <MyPerson own={own} person={juror.person} onDone={onDone} />
    ) : (
      <StakeForm juror={juror} onDone={onDone} />
    )}
    <p class="small">
      Be told: <a href={`/court/${own}.atom`}>feed of your cases</a>, <a href="/court.atom">feed of all</a>
    </p>
  </section>
);
