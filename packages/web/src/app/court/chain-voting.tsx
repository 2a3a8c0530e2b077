import {
  type Ballot,
  type ChainSeat,
  chainBallotCase,
  commitStep,
  OUTCOME,
  type Problem,
  personGrounds,
  reasonOf,
  verdictsOf,
} from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { countdown } from '../../ui/time.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { ballotsFor, keepBallot, randomHex } from '../state/ballots.ts';
import type { Injected } from '../state/injected.ts';
import { BallotFile } from './ballot-file.tsx';
import type { Seated } from './chain-seat.tsx';
import { OutcomeChoice, verdictName } from './outcome-choice.tsx';
import { ReasonField } from './reason-field.tsx';
import { Steps, sendAll } from './wallet-steps.tsx';
import { useWorking } from './working.ts';

export type InSeat = Seated & {
  readonly wallet: Injected;
  readonly account: string;
  readonly seat: ChainSeat;
  /** The chain's time, unix seconds. */
  readonly at: number;
};

type Choosing = Pick<InSeat, 'of' | 'seat' | 'account'> & { readonly onChosen: (ballot: Ballot) => void };

const Choice = ({ of, seat, account, onChosen }: Choosing) => {
  const [outcome, setOutcome] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const ready = outcome !== null && reason.trim() !== '';
  const choose = (): void => {
    if (outcome === null || !ready) return;
    const grounds = personGrounds(reason, randomHex(8));
    setProblem(grounds.ok ? null : grounds.problem);
    const place = { marketId: chainBallotCase(of.caseId), round: seat.round, juror: account.toLowerCase() };
    if (grounds.ok) onChosen({ ...place, outcome, reason: grounds.value, salt: `0x${randomHex(32)}` });
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        choose();
      }}
    >
      <OutcomeChoice
        legend="What is right, by the claim’s own words?"
        name="vote"
        outcomes={of.labels}
        codes={[...verdictsOf(of.labels), OUTCOME.abstain]}
        value={outcome}
        onChange={setOutcome}
      />
      <ReasonField
        id="vote-reason"
        label="Why"
        hint="Needed. It is published with your vote when votes are opened, with a mark below it that shows it is nobody’s copy."
        value={reason}
        onInput={setReason}
      />
      <button type="submit" class="button button-main button-big" aria-disabled={!ready}>
        See what is to be signed
      </button>
      {problem !== null && <ProblemNotice problem={problem} />}
    </form>
  );
};

/** The vote of a person at a court of contracts, in secret: kept in this browser before the wallet is asked. */
export const ChainVoting = ({ of, seat, wallet, account, at, say, onDone }: InSeat) => {
  // One that was kept may be under way: it is sent again rather than another one.
  const [ballot, setBallot] = useState<Ballot | null>(
    ballotsFor(chainBallotCase(of.caseId), seat.round, account.toLowerCase())[0] ?? null,
  );
  const { busy, problem, setProblem, run } = useWorking();
  const [kept, setKept] = useState(true);
  if (at < seat.from) return <p>Voting begins in {countdown(seat.from - at)}.</p>;
  if (ballot === null) return <Choice of={of} seat={seat} account={account} onChosen={setBallot} />;
  const steps = [commitStep(of.chain, account, ballot)];
  const send = async (): Promise<void> => {
    // Kept first, and whatever the wallet answers: a vote that arrived and cannot be opened counts as absent.
    setKept(keepBallot(ballot));
    setProblem(await sendAll(wallet, { account, steps }, say));
    onDone();
  };
  return (
    <div class="stack">
      <p>
        Your vote: <strong>“{verdictName(of.labels, ballot.outcome)}”</strong>
      </p>
      <p class="inert small">{reasonOf(ballot)}</p>
      <Steps steps={steps} />
      <BallotFile ballot={ballot} />
      <button type="button" class="button button-main button-big" aria-disabled={busy} onClick={() => void run(send)}>
        {busy ? 'Waiting…' : 'Sign with my wallet'}
      </button>
      <p>
        <button type="button" class="button" aria-disabled={busy} onClick={() => !busy && setBallot(null)}>
          Vote otherwise
        </button>
      </p>
      {!kept && <p class="notice notice-warn">This browser keeps nothing once it is closed: save the file now.</p>}
      <p class="small quiet">
        A seat votes once. Nobody sees the vote before it is opened; do not show it to anybody: whoever shows it first
        takes half of what you put up. Come back to open it.
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
    </div>
  );
};
