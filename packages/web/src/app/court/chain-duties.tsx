import { type ChainCase, chainSeat } from '@surety/sdk/page';
import { dollars } from '../../ui/amount.ts';
import { moment } from '../../ui/time.ts';
import { href } from '../router.ts';
import { useChainNow } from '../runs/chain-clock.ts';
import { injected, walletAccount } from '../state/injected.ts';
import { askedBy } from './asked-by.ts';
import { ConnectWallet } from './chain-seat.tsx';

type Props = { readonly chain: ChainCase['chain']; readonly cases: readonly ChainCase[] };

/** Cases that wait for a vote of whoever's wallet it is: what each pays, and by when, first. */
export const ChainDuties = ({ chain, cases }: Props) => {
  const at = useChainNow(chain);
  const wallet = injected();
  const account = walletAccount.value;
  if (wallet === null) return null;
  const duties = cases.flatMap((of) => {
    const seat = account === null ? null : chainSeat(of, account, at);
    return seat !== null && (seat.todo === 'commit' || seat.todo === 'open') ? [{ of, seat }] : [];
  });
  return (
    <section class="sheet stack" aria-labelledby="drawn">
      <h2 id="drawn">Your votes</h2>
      {account === null && <ConnectWallet wallet={wallet} chainId={chain.chainId} />}
      {account !== null && duties.length === 0 && (
        <p class="empty">No case waits for a vote of {account.slice(0, 8)}….</p>
      )}
      <ul class="list duties">
        {duties.map(({ of, seat }) => (
          <li key={of.caseId}>
            <a href={href({ kind: 'chain-case', caseId: String(of.caseId) })}>
              <strong>{dollars(seat.feeMicroUsd)} · about 10 min</strong>
              <span>{askedBy(of)}</span>
              <span class="small quiet">
                {seat.todo === 'commit' ? 'vote' : 'open your vote'} by {moment(seat.until)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
