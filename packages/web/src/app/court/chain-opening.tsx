import { type Ballot, chainBallotCase, type Problem, revealStep } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { countdown, moment } from '../../ui/time.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { FileDrop } from '../receipt/file-drop.tsx';
import { ballotsFor, dropBallot, keepBallot, readBallot } from '../state/ballots.ts';
import { wouldGo } from '../state/injected.ts';
import { publishGrounds } from '../state/publish-grounds.ts';
import type { InSeat } from './chain-voting.tsx';
import { Steps, sendAll } from './wallet-steps.tsx';
import { useWorking } from './working.ts';

const OTHER: Problem = {
  code: 'court.commitment-differs',
  message: 'No vote that this browser keeps is the one that the seat has committed to.',
  next: 'Open it where you voted, or bring the file that you saved.',
};

const Bring = ({ of, seat, account }: Pick<InSeat, 'of' | 'seat' | 'account'>) => {
  const [wrong, setWrong] = useState(false);
  return (
    <>
      <FileDrop
        label="Bring the file of your vote"
        accept=".json,application/json"
        onFile={({ bytes }) => {
          const ballot = readBallot(new TextDecoder().decode(bytes));
          const fits =
            ballot?.marketId === chainBallotCase(of.caseId) &&
            ballot.round === seat.round &&
            ballot.juror === account.toLowerCase();
          setWrong(!fits);
          if (ballot !== null && fits) keepBallot(ballot);
        }}
      />
      {wrong && <p role="alert">This is no vote of this seat.</p>}
    </>
  );
};

/** Opens the vote of a person in its time, and gives this node the reason. */
export const ChainOpening = ({ of, seat, wallet, account, at, say, onDone }: InSeat) => {
  const kept = ballotsFor(chainBallotCase(of.caseId), seat.round, account.toLowerCase());
  const { busy, problem, setProblem, run } = useWorking();
  const due = at >= seat.from;

  const publish = async (ballot: Ballot): Promise<Problem | null> => {
    const stopped = await publishGrounds(ballot);
    if (stopped === null) dropBallot(ballot);
    return stopped;
  };
  /** The node takes the one text that the open vote rests on. */
  const publishAgain = async (): Promise<void> => {
    let stopped: Problem | null = null;
    for (const ballot of kept) {
      stopped = await publish(ballot);
      if (stopped === null) break;
    }
    setProblem(stopped);
    onDone();
  };
  /** Of several, left by wallets that gave no answer, the chain says which one arrived. */
  const open = async (): Promise<void> => {
    for (const ballot of kept) {
      const step = revealStep(of.chain, account, ballot);
      if (!(await wouldGo(wallet, account, step))) continue;
      const stopped = await sendAll(wallet, { account, steps: [step] }, say);
      setProblem(stopped ?? (await publish(ballot)));
      return onDone();
    }
    setProblem(OTHER);
  };

  const [newest] = kept;
  if (seat.todo === 'done')
    return (
      <div class="stack">
        <p>Your vote is open. What it earns is fetched when the case has ended.</p>
        {newest !== undefined && seat.reason === null && (
          <button type="button" class="button" aria-disabled={busy} onClick={() => void run(publishAgain)}>
            Publish why
          </button>
        )}
        {problem !== null && <ProblemNotice problem={problem} />}
      </div>
    );
  return (
    <div class="stack">
      <p>Your vote is in. {due ? 'It can be opened now.' : `It can be opened in ${countdown(seat.from - at)}.`}</p>
      <p class="small quiet">Come back before {moment(seat.until)}: a vote that is not opened counts as absent.</p>
      {newest === undefined ? (
        <Bring of={of} seat={seat} account={account} />
      ) : (
        <>
          {due && <Steps steps={[revealStep(of.chain, account, newest)]} />}
          <button
            type="button"
            class="button button-main button-big"
            aria-disabled={busy || !due}
            onClick={() => due && void run(open)}
          >
            {busy ? 'Opening…' : 'Open my vote'}
          </button>
        </>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
    </div>
  );
};
