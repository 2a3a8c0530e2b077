import type { Run } from '@surety/sdk/page';
import { dollarsExact } from '../../ui/amount.ts';

/** How a lost bond is divided, drawn to scale; the amounts beside it say the same. */
export const SplitBar = ({ run }: { run: Run }) => {
  const { coverMicroUsd, rewardMicroUsd, burntMicroUsd } = run.split;
  const parts = [
    ['cover', coverMicroUsd, 'to whoever reserved cover'],
    ['reward', rewardMicroUsd, 'to whoever refutes it'],
    ['burnt', burntMicroUsd, 'burnt: nobody gets it'],
  ] as const;
  const whole = Math.max(1, Number(run.bondMicroUsd));
  let from = 0;
  return (
    <figure class="split">
      <figcaption class="small quiet">
        {run.state === 'void' ? 'The bond went' : 'If the claim is void, the bond goes'}
      </figcaption>
      <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {parts.map(([name, amount]) => {
          const width = (1000 * Number(amount)) / whole;
          from += width;
          return <rect key={name} class={`split-${name}`} x={from - width} width={width} height="10" />;
        })}
      </svg>
      <ul class="list">
        {parts
          .filter(([, amount]) => BigInt(amount) > 0n)
          .map(([name, amount, words]) => (
            <li key={name}>
              <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" focusable="false">
                <rect class={`split-${name}`} width="10" height="10" />
              </svg>
              <strong>{dollarsExact(amount)}</strong> {words}
            </li>
          ))}
      </ul>
    </figure>
  );
};
