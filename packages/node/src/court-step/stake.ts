/** Stakes of jurors: joining with a built-in one, and leaving. */
import { readJuror, registryName } from '@surety/chain';
import { unwrap } from '@surety/core';
import type { At, Planned } from './here.ts';

export type Joining = { readonly kind: 'join'; readonly family: string; readonly stakeUnits: string };
/** Takes back the stake that no open seat can take. */
export type Leaving = { readonly kind: 'leave' };

/** Registers, or raises the stake of whoever is registered. */
export const joining = async (here: At, { family, stakeUnits }: Joining): Promise<Planned> => {
  // With the jurors' models, which no other step needs.
  const { builtInJuror, mayServeOn, programOf } = await import('../juror/built-in.ts');
  const { chain, at, me, setting } = here;
  unwrap(mayServeOn(chain.chainId));
  const juror = unwrap(builtInJuror(family));
  const stake = BigInt(stakeUnits);
  const known = unwrap(await readJuror(chain, setting, me));
  const id = registryName(juror.family);
  if (known?.family === id) {
    const amountUnits = stake - known.stakeUnits;
    const words = `Raise the stake of ${me} as a juror of the family ${juror.family}.`;
    if (amountUnits <= 0n) return { costUnits: 0n, words, intents: [] };
    return {
      costUnits: amountUnits,
      words,
      intents: [{ kind: 'court-add-stake', at, key: me, amountUnits, untilUnits: stake }],
    };
  }
  const terms = { key: me, family: id, program: registryName(programOf(juror)), stakeUnits: stake };
  return {
    costUnits: stake,
    words: `Join as a juror of the family ${juror.family}: a wrong vote costs what the policy of its case says, absence less.`,
    intents: [
      { kind: 'court-serve', at, operator: me },
      { kind: 'court-join-as-program', at, ...terms },
    ],
  };
};

export const leaving = async ({ chain, at, me, setting }: At): Promise<Planned> => {
  const known = unwrap(await readJuror(chain, setting, me));
  const words = 'Take back the stake that no open seat can take, into the balance at the court.';
  const amountUnits = (known?.stakeUnits ?? 0n) - (known?.lockedUnits ?? 0n);
  if (known === null || amountUnits === 0n) return { costUnits: 0n, words, intents: [] };
  const downToUnits = known.lockedUnits;
  return { costUnits: 0n, words, intents: [{ kind: 'court-withdraw-stake', at, key: me, amountUnits, downToUnits }] };
};
