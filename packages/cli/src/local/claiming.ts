/** A claim with a bond, from its terms to the chain: told by the program that knows chains, agreed to here, and posted. */
import { formatDollars } from '@surety/sdk/base';
import type { Progress, Secrecy } from '@surety/sdk/proofs';
import { type ClaimedRun, printClaimed, printReadyClaim, type ReadyClaim } from '../run-words.ts';
import type { Context, Values } from '../table.ts';
import { confirm } from '../terminal/prompt.ts';
import { silent, startProgram } from './chain-program.ts';
import { fail } from './fail.ts';
import type { ProofFiles } from './hidden-proof.ts';
import { type Published, publishStepData } from './step-data.ts';
import { placesOf, watch } from './watching.ts';

type Message =
  | ReadyClaim
  | ClaimedRun
  | { readonly kind: 'declined' }
  | { readonly kind: 'proving'; readonly at: Progress };

/** Publishes what others need to check the claim, unless they need nothing. */
const published = async ({ judged }: ReadyClaim, context: Context): Promise<Published | null> =>
  judged.kind === 'steps' ? publishStepData(context, judged) : null;

/** What is said of a proof that hides, before it is claimed. */
const secrecyIn = async ({ judged }: ReadyClaim): Promise<readonly Secrecy[]> => {
  if (judged.kind !== 'steps') return [];
  const { secrecyOf } = await import('@surety/sdk/proofs');
  return secrecyOf({ kind: 'private', proofs: judged.hides.proofs }, judged.hides.input);
};

/** What is to be claimed: a task of the program that knows the chain. */
export type Wanted = {
  readonly about: {
    /** File of somebody's signed request; `null` for the own terms. */
    readonly request: string | null;
    readonly own: { readonly valueMicroUsd: string } | null;
    readonly named: object;
  };
  readonly connection: { readonly RPC_URL: string; readonly SURETY_CHAIN_KEY: string };
  /** Files of a proof that was made here; `null` for one that the other program makes, or none. */
  readonly proved: ProofFiles | null;
};

/**
 * Comes to an agreement about the claim: until then nobody has seen anything of it.
 * @returns what posts it, and what the command ends with
 */
export const agreeOn = async (
  { about, connection, proved }: Wanted,
  values: Values,
  context: Context,
): Promise<() => Promise<number>> => {
  const { out, env, home, signal } = context;
  const { request, own, named } = about;
  const task = {
    ...placesOf(values),
    home,
    request,
    own,
    named,
    proved,
    prove: values.prove === 'zk' ? 'zk' : 'optimistic',
    showBytes: values['hide-input'] === true ? 0 : 4_096,
  };
  const program = startProgram<Message>('claim', { ...env, ...connection, SURETY_TASK: JSON.stringify(task) }, signal);
  const messages = program.messages[Symbol.asyncIterator]();
  const heard = async (): Promise<Message> => {
    const { value, done } = await messages.next();
    if (done) return silent('The claim');
    if (value.kind === 'refused') return fail(value.problem);
    if (value.kind === 'declined')
      return fail({ code: 'cli.declined', message: 'Nothing was claimed.', next: 'Run it again when you are sure.' });
    if (value.kind !== 'proving') return value;
    const { progressWords } = await import('@surety/sdk/proofs');
    out.progress(`proving: ${progressWords(value.at)}`);
    return heard();
  };
  try {
    const ready = await heard();
    if (ready.kind !== 'ready') return silent('The claim');
    out.progress(null);
    printReadyClaim(out, ready, own?.valueMicroUsd ?? '0', await secrecyIn(ready));
    const go = values.yes === true || (await confirm('Post the claim?', { fallback: true }));
    if (!go) {
      program.tell('no');
      await heard();
    }
    return async () => {
      try {
        // Before it is claimed: a window without them is one in which nobody can check it.
        const data = await published(ready, context);
        program.tell('go');
        const claimed = await heard();
        if (claimed.kind !== 'claimed') return silent('The claim');
        const told = { ...ready, ...claimed, published: data };
        if (out.json && values.wait === true) process.stdout.write(`${JSON.stringify(told)}\n`);
        else if (out.json) out.data({ ...told, kind: undefined });
        else {
          const price = own === null ? null : formatDollars(BigInt(ready.priceMicroUsd));
          printClaimed(out, claimed, { price, data, judged: ready.judged });
        }
        return values.wait === true ? watch(values, context, [claimed.claimId]) : 0;
      } finally {
        await messages.return?.();
      }
    };
  } catch (error) {
    await messages.return?.();
    throw error;
  }
};
