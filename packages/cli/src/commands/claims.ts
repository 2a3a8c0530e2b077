/** `surety claims`: the claims of the chain's arbiter. */
import { type ClaimRow, claimTable } from '../claim-words.ts';
import { rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { fail } from '../local/fail.ts';
import { placesOf } from '../local/watching.ts';
import type { Run } from '../table.ts';

type Message = { readonly kind: 'claims'; readonly chainSeconds: number; readonly claims: readonly ClaimRow[] };

export const run: Run = async ({ values, context }) => {
  const { out, env, home, signal } = context;
  const task = { ...placesOf(values), home, programs: [], claim: null, follow: false, pollSeconds: 2 };
  const RPC_URL = rpcUrlOf(values, context, 'claims');
  const { messages } = startProgram<Message>('claims', { ...env, RPC_URL, SURETY_TASK: JSON.stringify(task) }, signal);
  for await (const message of messages) {
    if (message.kind === 'refused') return fail(message.problem);
    const { claims, chainSeconds } = message;
    if (out.json) out.data({ claims });
    else if (claims.length === 0)
      out.line('There are no claims. Make one with "surety run PROGRAM INPUT --prove optimistic".');
    else for (const line of claimTable(claims, chainSeconds, out)) out.line(line);
    return 0;
  }
  return silent('The list of claims');
};
