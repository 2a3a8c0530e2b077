import {
  type ChainCase,
  dueStep,
  fundSteps,
  type Problem,
  proposeSteps,
  standsUnruled,
  verdictsOf,
  type WalletStep,
} from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollarsExact } from '../../ui/amount.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { connectWallet, injected, readWalletMoney, sendStep } from '../state/injected.ts';
import { OutcomeChoice, verdictName } from './outcome-choice.tsx';

const TITLES = {
  asked: 'Propose an answer',
  proposed: 'Challenge the answer',
  appealable: 'Appeal the ruling',
  funding: 'Call people',
} as const;

type Payable = keyof typeof TITLES;

const titleOf = (of: ChainCase, due: WalletStep | null): string => {
  if (due !== null) return 'Take the step that is due';
  return standsUnruled(of) ? 'Call people against what stands' : TITLES[of.phase as Payable];
};

const isPayable = (phase: ChainCase['phase']): phase is Payable => phase in TITLES;

/** Outcomes that can be stood for now. */
const choices = (of: ChainCase): readonly number[] => {
  if (of.phase !== 'funding') return verdictsOf(of.labels).filter((code) => code !== of.standing);
  return [...new Set(of.rungs.flatMap(({ outcome }) => (outcome === null ? [] : [outcome])))];
};

const costOf = (of: ChainCase, outcome: number): bigint => {
  if (of.phase === 'asked') return BigInt(of.leastBondMicroUsd);
  const all = BigInt(of.need?.bondMicroUsd ?? '0') + BigInt(of.need?.feesMicroUsd ?? '0');
  return all - BigInt(of.pots.find((pot) => pot.outcome === outcome)?.amountMicroUsd ?? '0');
};

const commandOf = (of: ChainCase, outcome: number): string => {
  const verb = of.phase === 'asked' ? 'court propose' : 'challenge';
  const code = outcome < of.labels.length ? String(outcome) : { 253: 'undecidable', 254: 'too-early' }[outcome];
  return `surety ${verb} chain:${of.caseId} --for ${code ?? 'invalid'} --court ${of.chain.court}`;
};

/** What the wallet will be asked to sign, before it is asked. */
const Steps = ({ steps }: { steps: readonly WalletStep[] }) => (
  <ol class="stack small">
    {steps.map(({ words, call, to, data }) => (
      <li key={data}>
        {words}
        <details>
          <summary>
            <code>{call.slice(0, call.indexOf('('))}</code> at {to.slice(0, 8)}…
          </summary>
          <p class="mono inert">{call}</p>
          <p class="mono inert">{data}</p>
        </details>
      </li>
    ))}
  </ol>
);

type Plan = { readonly account: string; readonly steps: readonly WalletStep[] };

const dueIn = (of: ChainCase): WalletStep | null =>
  of.due === 'tally' || of.due === 'finalise' ? dueStep(of.chain, of.caseId, of.due) : null;

type GoOn = {
  readonly of: ChainCase;
  /** How far the wallet is. Kept by who shows this: the case may move on while a transaction is under way, and this with it. */
  readonly say: (words: string) => void;
  readonly onDone: () => void;
};

/** What one can do: the cost first, then each transaction with its calldata, then the wallet; or the command to copy. */
export const ChainGoOn = ({ of, say, onDone }: GoOn) => {
  const codes = choices(of);
  const [outcome, setOutcome] = useState(codes[0] ?? 0);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wallet = injected();
  const due = dueIn(of);
  const payable = isPayable(of.phase) && due === null && (of.phase === 'asked' || of.need !== null);
  if (!payable && due === null) return null;
  const units = costOf(of, outcome);

  const prepare = async (): Promise<void> => {
    if (wallet === null) return;
    setBusy(true);
    setProblem(null);
    const account = await connectWallet(wallet, of.chain.chainId);
    const money = account.ok ? await readWalletMoney(wallet, of.chain, account.value) : account;
    if (account.ok && money.ok) {
      const payment = { account: account.value, caseId: of.caseId, outcome, units };
      const make = of.phase === 'asked' ? proposeSteps : fundSteps;
      setPlan({ account: account.value, steps: due === null ? make(of.chain, money.value, payment) : [due] });
    } else setProblem(account.ok ? (money.ok ? null : money.problem) : account.problem);
    setBusy(false);
  };
  const send = async ({ account, steps }: Plan): Promise<void> => {
    if (wallet === null) return;
    setBusy(true);
    setProblem(null);
    let said = 'It is on the chain.';
    for (const [i, step] of steps.entries()) {
      say(`Step ${i + 1} of ${steps.length}: look into your wallet.`);
      const sent = await sendStep(wallet, account, step);
      if (sent.ok) continue;
      said = '';
      setProblem(sent.problem);
      break;
    }
    setBusy(false);
    setPlan(null);
    say(said);
    onDone();
  };

  return (
    <section class="go-on ticket sheet" aria-labelledby="go-on">
      <h2 id="go-on">{titleOf(of, due)}</h2>
      {due === null && (
        <>
          <OutcomeChoice
            legend="I stand for"
            name="stand-for"
            outcomes={of.labels}
            codes={codes}
            value={outcome}
            onChange={(code) => {
              setOutcome(code);
              setPlan(null);
            }}
          />
          <dl class="leaders small">
            <div>
              <dt>{of.phase === 'asked' ? 'Least bond' : 'Still missing, bond and fees'}</dt>
              <dd>{dollarsExact(units)}</dd>
            </div>
          </dl>
          <p class="small quiet">
            If “{verdictName(of.labels, outcome)}” is final you have the bond back
            {of.phase === 'asked' ? '' : ' and your part of half of the other side’s'}; if not, it is lost.
          </p>
        </>
      )}
      {due !== null && <p class="small">It costs its gas and nothing else.</p>}
      {plan !== null && <Steps steps={plan.steps} />}
      {wallet !== null && (
        <button
          type="button"
          class="button button-main button-big"
          aria-disabled={busy}
          onClick={() => {
            if (!busy) void (plan === null ? prepare() : send(plan));
          }}
        >
          {busy ? 'Waiting…' : plan === null ? 'See what is to be signed' : 'Sign with my wallet'}
        </button>
      )}
      {wallet === null && due === null && (
        <p class="small">
          No wallet is in this browser. At a terminal: <code class="inert">{commandOf(of, outcome)}</code>
        </p>
      )}
      {wallet === null && due !== null && (
        <p class="small">
          No wallet is in this browser. Whoever runs <code>surety court serve --keep all</code> takes the step.
        </p>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
    </section>
  );
};
