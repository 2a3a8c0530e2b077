import { type CourtCase, needMicroUsd, verdictsOf } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollarsExact, parseDollars } from '../../ui/amount.ts';
import { moment } from '../../ui/time.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useActing } from './acting.ts';
import { OutcomeChoice } from './outcome-choice.tsx';
import { ReasonField } from './reason-field.tsx';

const titleOf = ({ phase, ruled }: CourtCase): string | null => {
  if (phase === 'proposed') return 'Challenge the answer';
  if (phase === 'funding') return 'Call people';
  if (phase === 'appealable') return ruled ? 'Appeal the ruling' : 'Call people against what stands';
  return null;
};

/** Outcomes that can be stood for now: another than the standing one, or in the funding window one that has a bond. */
const choices = (of: CourtCase): readonly number[] => {
  if (of.phase !== 'funding') return verdictsOf(of.claim.outcomes).filter((code) => code !== of.standing);
  return [...new Set(of.rungs.flatMap(({ outcome }) => (outcome === null ? [] : [outcome])))];
};

const paidFor = (of: CourtCase, outcome: number | null): bigint =>
  BigInt(of.pots.find((pot) => pot.outcome === outcome)?.amountMicroUsd ?? '0');

const winWords = (of: CourtCase): string => {
  const against = of.rungs.filter(({ outcome }) => outcome === of.standing);
  const bonds = against.reduce((sum, { bondMicroUsd }) => sum + BigInt(bondMicroUsd), 0n);
  return dollarsExact(bonds / 2n);
};

/** Money to go on with: what it costs, what it can win, what it can lose, until when. */
export const GoOn = ({ of, onDone }: { of: CourtCase; onDone: () => void }) => {
  const codes = choices(of);
  const [outcome, setOutcome] = useState<number | null>(codes[0] ?? null);
  const [reason, setReason] = useState('');
  const [amount, setAmount] = useState('');
  const { busy, problem, done, run } = useActing();
  const need = needMicroUsd(of);
  const title = titleOf(of);
  if (need === null || title === null) return null;
  const missing = need - paidFor(of, outcome);
  const typed = amount === '' ? missing : parseDollars(amount);
  const taken = [typed ?? missing, missing].sort((a, b) => Number(a - b))[0] ?? missing;
  const pay = async (): Promise<void> => {
    if (outcome === null || typed === null || typed === 0n || reason.trim() === '') return;
    const body = { type: 'surety/action/challenge/v1', marketId: of.caseId, outcome, reason: reason.trim() } as const;
    const words = (result: { readonly kind: string }): string =>
      'missingMicroUsd' in result && result.missingMicroUsd === '0'
        ? 'The next panel is called.'
        : 'Paid in. The panel is called once the rest is there.';
    if (await run({ ...body, amountMicroUsd: typed.toString() }, words, typed)) onDone();
  };
  return (
    <section class="go-on ticket sheet" aria-labelledby="go-on">
      <h2 id="go-on">{title}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void pay();
        }}
      >
        <OutcomeChoice
          legend="I stand for"
          name="stand-for"
          outcomes={of.claim.outcomes}
          codes={codes}
          value={outcome}
          onChange={setOutcome}
        />
        <dl class="leaders small">
          <div>
            <dt>Bond</dt>
            <dd>{dollarsExact(of.need?.bondMicroUsd ?? '0')}</dd>
          </div>
          <div>
            <dt>Fees of the jurors</dt>
            <dd>{dollarsExact(of.need?.feesMicroUsd ?? '0')}</dd>
          </div>
          <div>
            <dt>Still missing</dt>
            <dd>{dollarsExact(missing)}</dd>
          </div>
        </dl>
        <div class="field">
          <label for="go-on-amount">I pay, in dollars (development money)</label>
          <input
            id="go-on-amount"
            class="input"
            inputMode="decimal"
            autocomplete="off"
            placeholder={dollarsExact(missing).slice(1)}
            value={amount}
            onInput={(event) => setAmount(event.currentTarget.value)}
          />
        </div>
        {typed === null && <p class="small field-problem">Type an amount such as 1.50.</p>}
        <ReasonField
          id="go-on-reason"
          label="Why"
          hint="Everybody reads this beside your money."
          value={reason}
          onInput={setReason}
        />
        <button
          type="submit"
          class="button button-main button-big"
          aria-disabled={busy || outcome === null || typed === null || reason.trim() === ''}
        >
          {busy ? 'Paying…' : `Pay ${dollarsExact(taken)}`}
        </button>
        <p class="small quiet">
          If your outcome is final you have your bond back and your part of {winWords(of)} or more of the other side’s.
          If not, the bond is lost; without a ruling it comes back. Of the fees you have back what no juror earns, and
          what lost bonds repay. Others may pay with you; what does not fill the rung by{' '}
          {of.endsAt === null ? 'its end' : moment(of.endsAt)} comes back whole.
        </p>
        {problem !== null && <ProblemNotice problem={problem} />}
        {done !== '' && <p class="notice small">{done}</p>}
      </form>
    </section>
  );
};
