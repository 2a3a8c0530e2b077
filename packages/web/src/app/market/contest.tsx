import type { Market } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollarsExact } from '../../ui/amount.ts';
import { moment } from '../../ui/time.ts';
import { useActing } from '../court/acting.ts';
import { OutcomeChoice } from '../court/outcome-choice.tsx';
import { ReasonField } from '../court/reason-field.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { go, href } from '../router.ts';
import { now } from '../state/clock.ts';

/** A decided answer can be contested while its window is open; what is contested has a case. */
export const Contest = ({ market }: { market: Market }) => {
  const { claim, answer } = market;
  const others = [...claim.outcomes.keys()].filter((index) => claim.outcomes[index] !== answer.outcome);
  const [outcome, setOutcome] = useState<number | null>(others[0] ?? null);
  const [reason, setReason] = useState('');
  const { busy, problem, run } = useActing();
  if (market.contested === true)
    return (
      <section class="sheet stack" aria-labelledby="contest">
        <h2 id="contest">Before the court</h2>
        <p>
          This answer {answer.decidedBy.kind === 'court' ? 'was' : 'is'} contested.{' '}
          <a href={href({ kind: 'case', marketId: market.marketId })}>See the case</a>
        </p>
      </section>
    );
  const { contest: terms } = market;
  if (terms === undefined || now.value >= terms.until) return null;
  const contest = async (): Promise<void> => {
    if (outcome === null || reason.trim() === '') return;
    const body = {
      type: 'surety/action/challenge/v1',
      marketId: market.marketId,
      outcome,
      reason: reason.trim(),
    } as const;
    const { costMicroUsd: amountMicroUsd } = terms;
    if (await run({ ...body, amountMicroUsd }, () => 'Contested. A panel is being drawn.', BigInt(amountMicroUsd)))
      go({ kind: 'case', marketId: market.marketId });
  };
  return (
    <section class="ticket sheet" aria-labelledby="contest">
      <h2 id="contest">Wrong? Contest it</h2>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void contest();
        }}
      >
        <OutcomeChoice
          legend="It is"
          name="contest"
          outcomes={claim.outcomes}
          codes={others}
          value={outcome}
          onChange={setOutcome}
        />
        <ReasonField id="contest-reason" label="Why" hint="Everybody reads this." value={reason} onInput={setReason} />
        <button
          type="submit"
          class="button button-main"
          aria-disabled={busy || outcome === null || reason.trim() === ''}
        >
          {busy ? 'Contesting…' : `Contest for ${dollarsExact(terms.costMicroUsd)}`}
        </button>
        <p class="small quiet">
          That is twice the bond behind the answer, and the fees of the AI panels. If you are right you have your bond
          back with half of the other side’s, and of the fees what no juror earned; if not, your bond is lost. Open
          until {moment(terms.until)}.
        </p>
        {problem !== null && <ProblemNotice problem={problem} />}
      </form>
    </section>
  );
};
