/** What a proof shows: outputs, what is hidden and what is not, and the finding. */
import type { ProvedOutput, Secrecy } from '@surety/sdk/proofs';
import { FindingRow } from '../../ui/finding-row.tsx';
import type { Shown } from './messages.ts';

const MOST = 12;

const real = (value: number): string => `${Number(value.toPrecision(4))}`;

/** Where a list of scores is largest: most models answer so. */
const best = (reals: readonly number[]): number => reals.reduce((at, value, i) => (value > reals[at]! ? i : at), 0);

const OutputRow = ({ output: { name, dtype, shape, reals } }: { output: ProvedOutput }) => (
  <div class="proved-output">
    <p class="quiet small">
      {name} · {dtype} [{shape.join(', ')}]
    </p>
    {reals.length > 1 && (
      <p class="proved-best">
        largest at <strong>{best(reals)}</strong>
      </p>
    )}
    <p class="mono">
      {reals.slice(0, MOST).map(real).join(', ')}
      {reals.length > MOST && `, … (${reals.length} in all)`}
    </p>
  </div>
);

const SecrecyRow = ({ row: { part, hidden, words } }: { row: Secrecy }) => (
  <div>
    <dt>{part}</dt>
    <dd>
      <strong class={hidden ? 'holds-shown' : ''}>{hidden ? 'hidden' : 'shown'}</strong>, {words}
    </dd>
  </div>
);

export const ShownProof = ({ shown: { outputs, secrecy, finding } }: { shown: Shown }) => (
  <>
    {outputs.map((output) => (
      <OutputRow key={output.name} output={output} />
    ))}
    <dl class="leaders">
      {secrecy.map((row) => (
        <SecrecyRow key={row.part} row={row} />
      ))}
    </dl>
    <h3 class="visually-hidden">What this shows, and what not</h3>
    <ul class="list">
      <FindingRow shown={finding} origin="Checked in this tab: proof" refutedWord="refuted" />
    </ul>
  </>
);
