import {
  bondWords,
  type ChainCase,
  dueStep,
  fundSteps,
  proposeSteps,
  standsUnruled,
  verdictsOf,
  type WalletStep,
} from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollarsExact } from '../../ui/amount.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { connectWallet, injected, readWalletMoney } from '../state/injected.ts';
import { OutcomeChoice, verdictName } from './outcome-choice.tsx';
import { type Plan, Steps, sendAll } from './wallet-steps.tsx';
import { useWorking } from './working.ts';

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

const dueIn = (of: ChainCase): WalletStep | null =>
  of.due === 'tally' || of.due === 'finalise' ? dueStep(of.chain, of.caseId, of.due) : null;

const Line = ({ name, units }: { name: string; units: bigint }) => (
  <div>
    <dt>{name}</dt>
    <dd>{dollarsExact(units)}</dd>
  </div>
);

/** What it costs, part by part. */
const Cost = ({ of, outcome }: { of: ChainCase; outcome: number }) => {
  const { need, leastBondMicroUsd } = of;
  if (of.phase === 'asked' || need === null)
    return (
      <dl class="leaders small">
        <Line name="Least bond" units={BigInt(leastBondMicroUsd)} />
      </dl>
    );
  const [bond, fees] = [BigInt(need.bondMicroUsd), BigInt(need.feesMicroUsd)];
  const left = costOf(of, outcome);
  return (
    <dl class="leaders small">
      <Line name={of.phase === 'funding' ? 'Bond' : bondWords(of)} units={bond} />
      <Line name="Fees of the jurors" units={fees} />
      {left < bond + fees && <Line name="Paid by others for this" units={bond + fees - left} />}
      <Line name="You pay" units={left} />
    </dl>
  );
};

/** What becomes of it. */
const stakeWords = (of: ChainCase, outcome: number): string => {
  const named = `“${verdictName(of.labels, outcome)}”`;
  if (of.phase === 'asked')
    return `Unless somebody challenges it before its window ends, ${named} is final and you have the bond back. If another answer becomes final, the bond is lost.`;
  return `If ${named} is final you have the bond back, with your part of half of the other side’s and of the fees that no juror earned. If another answer is, all of it is lost; if it ends undecided, the bond comes back.`;
};

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
  const { busy, problem, setProblem, run } = useWorking();
  const wallet = injected();
  const due = dueIn(of);
  const payable = isPayable(of.phase) && due === null && (of.phase === 'asked' || of.need !== null);
  if (!payable && due === null) return null;
  const units = costOf(of, outcome);

  const prepare = async (): Promise<void> => {
    if (wallet === null) return;
    // What was said of the step before would read as if it were of this one.
    say('');
    const account = await connectWallet(wallet, of.chain.chainId);
    const money = account.ok ? await readWalletMoney(wallet, of.chain, account.value) : account;
    if (account.ok && money.ok) {
      const payment = { account: account.value, caseId: of.caseId, outcome, units };
      const make = of.phase === 'asked' ? proposeSteps : fundSteps;
      setPlan({ account: account.value, steps: due === null ? make(of.chain, money.value, payment) : [due] });
    } else setProblem(account.ok ? (money.ok ? null : money.problem) : account.problem);
  };
  const send = async (due: Plan): Promise<void> => {
    if (wallet === null) return;
    setProblem(await sendAll(wallet, due, say));
    setPlan(null);
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
          <Cost of={of} outcome={outcome} />
          <p class="small quiet">{stakeWords(of, outcome)}</p>
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
            void run(() => (plan === null ? prepare() : send(plan)));
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
