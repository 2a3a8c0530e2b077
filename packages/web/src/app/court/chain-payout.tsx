import { type ChainCase, owedSteps, withdrawStep } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollarsExact } from '../../ui/amount.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { connectWallet, type Injected, injected, readWalletMoney } from '../state/injected.ts';
import { type Plan, Steps, sendAll } from './wallet-steps.tsx';
import { useWorking } from './working.ts';

const hasEnded = ({ phase }: ChainCase): boolean => phase === 'final' || phase === 'undecided';

type Payout = { readonly of: ChainCase; readonly say: (words: string) => void; readonly onDone: () => void };

const ByCommand = ({ of: { caseId, chain } }: { of: ChainCase }) => (
  <>
    <p class="small">No wallet is in this browser. At a terminal, first</p>
    <p class="small">
      <code class="inert">
        surety court collect chain:{caseId} --court {chain.court}
      </code>
    </p>
    <p class="small">
      and then <code>court withdraw</code> with the same court.
    </p>
  </>
);

/** Fetches what a case owes to whoever's wallet it is, then what lies in the balance at the court. Nobody is paid by himself. */
const ByWallet = ({ of, say, onDone, wallet }: Payout & { wallet: Injected }) => {
  const [plan, setPlan] = useState<(Plan & { readonly balanceUnits: bigint }) | null>(null);
  const { busy, problem, setProblem, run } = useWorking();
  /** `of` is as it was before the wallet signed: what was just fetched stands in it still. */
  const look = async (fetched: boolean): Promise<void> => {
    const account = await connectWallet(wallet, of.chain.chainId);
    const money = account.ok ? await readWalletMoney(wallet, of.chain, account.value) : account;
    if (!account.ok || !money.ok) return setProblem(account.ok ? (money.ok ? null : money.problem) : account.problem);
    const { balanceUnits } = money.value;
    const owed = fetched ? [] : owedSteps(of, account.value);
    const out = owed.length === 0 && balanceUnits > 0n ? [withdrawStep(of.chain, account.value, balanceUnits)] : owed;
    setPlan({ account: account.value, steps: out, balanceUnits });
  };
  const send = async (due: Plan): Promise<void> => {
    const stopped = await sendAll(wallet, due, say);
    onDone();
    if (stopped === null) return look(true);
    setProblem(stopped);
    setPlan(null);
  };
  const isDue = plan !== null && plan.steps.length > 0;
  return (
    <>
      {plan !== null && (
        <p class="small">
          {isDue ? 'Your' : `Nothing more of this case is owed to ${plan.account.slice(0, 8)}…; your`} balance at the
          court is {dollarsExact(plan.balanceUnits)}.
        </p>
      )}
      {isDue && <Steps steps={plan.steps} />}
      {(plan === null || isDue) && (
        <button
          type="button"
          class="button button-main"
          aria-disabled={busy}
          onClick={() => {
            // What was said of a step before would read as if it were of this one.
            if (!isDue) say('');
            void run(() => (isDue ? send(plan) : look(false)));
          }}
        >
          {busy ? 'Waiting…' : isDue ? 'Sign with my wallet' : 'See what is owed to me'}
        </button>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
    </>
  );
};

/** What an ended case owes is fetched by whom it is owed to. */
export const ChainPayout = (props: Payout) => {
  const wallet = injected();
  if (!hasEnded(props.of)) return null;
  return (
    <section class="go-on ticket sheet stack" aria-labelledby="payout">
      <h2 id="payout">Fetch what you are owed</h2>
      <p class="small">
        Whoever put money in, or judged, fetches what is due into a balance at the court, and pays that out. It can
        wait: nothing of it expires.
      </p>
      {wallet === null ? <ByCommand of={props.of} /> : <ByWallet {...props} wallet={wallet} />}
    </section>
  );
};
