import type { Problem } from '@surety/sdk/page';
import { type ChainCase, chainSeat } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useChainNow } from '../runs/chain-clock.ts';
import { connectWallet, type Injected, injected, walletAccount } from '../state/injected.ts';
import { ChainOpening } from './chain-opening.tsx';
import { ChainVoting } from './chain-voting.tsx';
import { SeatTerms } from './my-seat.tsx';

/** Asks the wallet whose it is: seats are known by the account. */
export const ConnectWallet = ({ wallet, chainId }: { wallet: Injected; chainId: number }) => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const connect = async (): Promise<void> => {
    const connected = await connectWallet(wallet, chainId);
    setProblem(connected.ok ? null : connected.problem);
  };
  return (
    <>
      <p>
        <button type="button" class="button" onClick={() => void connect()}>
          See whether I am drawn
        </button>
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
    </>
  );
};

export type Seated = {
  readonly of: ChainCase;
  readonly say: (words: string) => void;
  readonly onDone: () => void;
};

const isPeoples = ({ phase, jurors }: ChainCase): boolean => phase === 'round' && jurors === 'people';

/** For whoever was drawn as a person: time and pay first, then the vote, then its opening. */
export const MyChainSeat = (props: Seated) => {
  const { of } = props;
  const at = useChainNow(of.chain);
  const wallet = injected();
  const account = walletAccount.value;
  const seat = account === null ? null : chainSeat(of, account, at);
  if (!isPeoples(of) && seat === null) return null;
  if (wallet === null)
    return (
      <section class="my-seat ticket sheet stack" aria-labelledby="my-seat">
        <h2 id="my-seat">Were you drawn?</h2>
        <p class="small">
          No wallet is in this browser. At a terminal:{' '}
          <code class="inert">
            surety court vote chain:{of.caseId} --for OUTCOME --reason "…" --court {of.chain.court}
          </code>
          , and once votes are opened <code>surety court reveal</code>.
        </p>
      </section>
    );
  if (account === null || seat === null)
    return (
      <section class="my-seat ticket sheet stack" aria-labelledby="my-seat">
        <h2 id="my-seat">Were you drawn?</h2>
        {account !== null && <p class="small">{account.slice(0, 8)}… has no seat among the people of this case.</p>}
        {account === null && <ConnectWallet wallet={wallet} chainId={of.chain.chainId} />}
      </section>
    );
  const parts = { ...props, wallet, account, seat, at };
  return (
    <section class="my-seat ticket sheet stack" aria-labelledby="my-seat">
      <h2 id="my-seat">You were drawn for round {seat.round}</h2>
      <SeatTerms duty={seat} />
      {seat.todo === 'commit' && <ChainVoting key={account} {...parts} />}
      {(seat.todo === 'open' || seat.todo === 'done') && <ChainOpening {...parts} />}
      {seat.todo === 'missed' && <p>Its time is over without your vote: the seat counts as absent.</p>}
    </section>
  );
};
