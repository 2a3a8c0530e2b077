import { ballotCommitment, type CourtCase, type CourtJuror, OUTCOME, verdictsOf } from '@surety/sdk/page';
import { useEffect, useState } from 'preact/hooks';
import { dollarsExact } from '../../ui/amount.ts';
import { countdown, moment } from '../../ui/time.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { ballotsFor, dropBallots, keepBallot, randomHex } from '../state/ballots.ts';
import { now } from '../state/clock.ts';
import { signingNetwork } from '../state/network.ts';
import { wallet } from '../state/wallet.ts';
import { useActing } from './acting.ts';
import { OutcomeChoice } from './outcome-choice.tsx';
import { ReasonField } from './reason-field.tsx';

type Duty = CourtJuror['duties'][number];

/** What a seat pays and can cost, and by when it is wanted: before anything else. */
export const SeatTerms = ({ duty }: { duty: Pick<Duty, 'feeMicroUsd' | 'lockMicroUsd' | 'until'> }) => (
  <dl class="leaders small">
    <div>
      <dt>Pays</dt>
      <dd>{dollarsExact(duty.feeMicroUsd)} if your vote is the final outcome</dd>
    </div>
    <div>
      <dt>Can cost</dt>
      <dd>{dollarsExact(duty.lockMicroUsd)} if it is another; nothing if you abstain</dd>
    </div>
    <div>
      <dt>Time</dt>
      <dd>about ten minutes, until {moment(duty.until)}</dd>
    </div>
  </dl>
);

const Voting = ({ of, duty, onDone }: { of: CourtCase; duty: Duty; onDone: () => void }) => {
  const [outcome, setOutcome] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const { busy, problem, done, run } = useActing();
  const early = now.value < duty.from;
  const vote = async (): Promise<void> => {
    const network = signingNetwork();
    const juror = wallet.value?.address;
    if (outcome === null || reason.trim() === '' || juror === undefined || !network.ok) return;
    const words = reason.trim();
    const same = ballotsFor(of.caseId, duty.round).find((one) => one.outcome === outcome && one.reason === words);
    const ballot = same ?? {
      marketId: of.caseId,
      round: duty.round,
      outcome,
      reason: words,
      salt: `0x${randomHex(32)}`,
    };
    // Kept first, and whatever is answered: a vote that arrived and cannot be opened counts as absent.
    keepBallot(ballot);
    const commitment = ballotCommitment(ballot, juror, network.value);
    const sent = await run(
      { type: 'surety/action/vote/v1', marketId: of.caseId, commitment },
      () => 'Your vote is in, and secret. Come back to open it.',
    );
    if (sent) onDone();
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void vote();
      }}
    >
      <OutcomeChoice
        legend="What is right, by the claim’s own words?"
        name="vote"
        outcomes={of.claim.outcomes}
        codes={[...verdictsOf(of.claim.outcomes), OUTCOME.abstain]}
        value={outcome}
        onChange={setOutcome}
      />
      <ReasonField
        id="vote-reason"
        label="Why"
        hint="Needed. It is published with your vote when votes are opened; a copy of somebody else’s voids the vote."
        value={reason}
        onInput={setReason}
      />
      <button
        type="submit"
        class="button button-main button-big"
        aria-disabled={busy || early || outcome === null || reason.trim() === ''}
      >
        {busy ? 'Voting…' : early ? `Voting begins in ${countdown(duty.from - now.value)}` : 'Vote in secret'}
      </button>
      <p class="small quiet">
        Nobody sees the vote before it is opened. Do not show it to anybody: whoever shows it first takes half of what
        you put up.
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
      {done !== '' && <p class="notice small">{done}</p>}
    </form>
  );
};

const Opening = ({ of, duty, onDone }: { of: CourtCase; duty: Duty; onDone: () => void }) => {
  const kept = ballotsFor(of.caseId, duty.round);
  const { busy, problem, done, run } = useActing();
  const due = now.value >= duty.from;
  const open = async (): Promise<void> => {
    if (!due) return;
    for (const { marketId, outcome, reason, salt } of kept) {
      const body = { type: 'surety/action/open-vote/v1', marketId, outcome, reason, salt } as const;
      if (!(await run(body, () => 'Your vote is open.'))) continue;
      dropBallots(of.caseId, duty.round);
      return onDone();
    }
  };
  useEffect(() => {
    if (due) void open();
  }, [due]);
  if (kept.length === 0) {
    return (
      <p class="notice notice-warn">
        This browser does not have the vote that you sent. Open it where you voted, by {moment(duty.until)}.
      </p>
    );
  }
  return (
    <div class="stack">
      <p>Your vote is in. {due ? 'It is being opened.' : `It can be opened in ${countdown(duty.from - now.value)}.`}</p>
      <p class="small quiet">
        Keep this page open, or come back before {moment(duty.until)}: a vote that is not opened counts as absent.
      </p>
      <button type="button" class="button" aria-disabled={busy || !due} onClick={() => void open()}>
        {busy ? 'Opening…' : 'Open my vote'}
      </button>
      {problem !== null && <ProblemNotice problem={problem} />}
      {done !== '' && <p class="notice small">{done}</p>}
    </div>
  );
};

/** For somebody who was drawn: what it pays and takes, first; then the vote, or its opening. */
export const MySeat = ({ of, duty, onDone }: { of: CourtCase; duty: Duty; onDone: () => void }) => (
  <section class="my-seat ticket sheet stack" aria-labelledby="my-seat">
    <h2 id="my-seat">You were drawn for round {duty.round}</h2>
    <SeatTerms duty={duty} />
    {duty.todo === 'commit' && <Voting of={of} duty={duty} onDone={onDone} />}
    {duty.todo === 'open' && <Opening of={of} duty={duty} onDone={onDone} />}
    {duty.todo === 'done' && <p>Your vote is open. What it earns is paid when the case ends.</p>}
  </section>
);
