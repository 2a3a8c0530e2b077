import type { Problem } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollars, dollarsExact } from '../../ui/amount.ts';
import { moment } from '../../ui/time.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { href } from '../router.ts';
import { account, takeDevelopmentMoney } from '../state/account.ts';
import { announce } from '../state/announce.ts';
import { passkey } from '../state/passkey.ts';
import { forgetSession, session } from '../state/session.ts';
import { wallet, walletIsKept } from '../state/wallet.ts';

const Money = () => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const take = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const result = await takeDevelopmentMoney();
    setBusy(false);
    setProblem(result.ok ? null : result.problem);
    if (result.ok) announce(`You now have ${dollars(result.value.balanceMicroUsd)} of development money.`);
  };
  const own = account.value;
  return (
    <section class="sheet stack" aria-labelledby="money">
      <h2 id="money">Development money</h2>
      <p class="big-amount">{dollars(own?.balanceMicroUsd ?? '0')}</p>
      {own !== null && (
        <dl class="leaders small">
          <div>
            <dt>Reserved</dt>
            <dd>{dollarsExact(own.reservedMicroUsd)}</dd>
          </div>
          <div>
            <dt>Can be withdrawn</dt>
            <dd>{dollarsExact(own.withdrawableMicroUsd)}</dd>
          </div>
          <div>
            <dt>Bond, pays cover for others</dt>
            <dd>{dollarsExact(own.bondMicroUsd)}</dd>
          </div>
        </dl>
      )}
      <button type="button" class="button" aria-disabled={busy} onClick={() => void take()}>
        {busy ? 'Asking the faucet…' : 'Take more from the faucet'}
      </button>
      <p class="small quiet">It is worth nothing and cannot be bought or sold.</p>
      {problem !== null && <ProblemNotice problem={problem} />}
    </section>
  );
};

const Keys = () => {
  const kept = session.value;
  return (
    <section class="sheet stack" aria-labelledby="keys">
      <h2 id="keys">Keys in this browser</h2>
      <dl class="leaders small">
        <div>
          <dt>Development wallet</dt>
          <dd class="mono">{wallet.value?.address ?? 'made when you first ask or trade'}</dd>
        </div>
        {passkey.value !== null && (
          <div>
            <dt>Passkey, which advises</dt>
            <dd class="mono">{passkey.value.account}</dd>
          </div>
        )}
        <div>
          <dt>Session key</dt>
          <dd>
            {kept === null
              ? 'made when you first trade'
              : `trades, contests and judges up to ${dollars(kept.limitMicroUsd)} until ${moment(kept.expiresAt)}`}
          </dd>
        </div>
      </dl>
      {wallet.value !== null && !walletIsKept.value && (
        <p class="notice notice-warn">
          This browser does not keep data, so the wallet is gone when you close the page.
        </p>
      )}
      {kept !== null && (
        <button type="button" class="button" onClick={forgetSession}>
          Forget the session key here
        </button>
      )}
      <p class="small quiet">
        The wallet signs two things: the words of a question, and one session key that may only trade, contest answers
        and judge, up to a limit and until a day. Both keys lie in this browser unprotected, which is fit for play money
        only. A forgotten session key stays valid at the node until its last day.
      </p>
    </section>
  );
};

const Holdings = () => {
  const markets = account.value?.markets ?? [];
  return (
    <section class="stack" aria-labelledby="holdings">
      <h2 id="holdings">In markets</h2>
      {markets.length === 0 ? (
        <p class="empty">
          You hold nothing. <a href="#/markets">Find a market</a> you disagree with.
        </p>
      ) : (
        <ul class="list holdings">
          {markets.map((market) => (
            <li key={market.marketId}>
              <a class="mono" href={href({ kind: 'market', marketId: market.marketId })}>
                {market.marketId.slice(0, 16)}…
              </a>
              <span>{dollars(market.budgetMicroUsd)} unspent</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

/** The wallet, the money and the keys of this browser. */
export const AccountView = () => (
  <div class="column stack">
    <h1>Your account</h1>
    <Money />
    <Holdings />
    <Keys />
  </div>
);
