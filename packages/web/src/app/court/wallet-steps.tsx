import type { Problem, WalletStep } from '@surety/sdk/page';
import { type Injected, sendStep } from '../state/injected.ts';

/** What the wallet will be asked to sign, before it is asked. */
export const Steps = ({ steps }: { steps: readonly WalletStep[] }) => (
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

export type Plan = { readonly account: string; readonly steps: readonly WalletStep[] };

/** Has the wallet sign and send one after the other: @returns what stopped it, `null` where all are on the chain */
export const sendAll = async (
  wallet: Injected,
  { account, steps }: Plan,
  say: (words: string) => void,
): Promise<Problem | null> => {
  for (const [i, step] of steps.entries()) {
    say(`Step ${i + 1} of ${steps.length}: look into your wallet.`);
    const sent = await sendStep(wallet, account, step);
    if (!sent.ok) {
      say('');
      return sent.problem;
    }
  }
  say('It is on the chain.');
  return null;
};
