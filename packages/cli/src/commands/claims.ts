/** `surety claims`: the claims of the chain's arbiter. */
import type { Runs } from '@surety/sdk/runs';
import { printClaims } from '../claim-words.ts';
import { rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { fail } from '../local/fail.ts';
import { ownAddress } from '../local/receipt-file.ts';
import { placesOf } from '../local/watching.ts';
import type { Run } from '../table.ts';

type Message = Runs & { readonly kind: 'claims' };

export const run: Run = async ({ values, context }) => {
  const { out, env, home, signal } = context;
  const task = { ...placesOf(values), home, programs: [], claim: null, follow: false, pollSeconds: 2 };
  const RPC_URL = rpcUrlOf(values, context, 'claims');
  const { messages } = startProgram<Message>('claims', { ...env, RPC_URL, SURETY_TASK: JSON.stringify(task) }, signal);
  for await (const message of messages) {
    if (message.kind === 'refused') return fail(message.problem);
    const { kind: _, ...runs } = message;
    if (out.json) out.data(runs);
    else if (runs.runs.length === 0)
      out.line('There are no claims. Make one with "surety run PROGRAM INPUT --prove optimistic".');
    else {
      printClaims(out, runs.runs, runs.chain.now, ownAddress(home));
      out.line();
      out.line(`All about one of them: surety dispute ${runs.runs[0]!.claimId.slice(0, 8)}`);
    }
    return 0;
  }
  return silent('The list of claims');
};
