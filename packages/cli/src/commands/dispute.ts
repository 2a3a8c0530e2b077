/** `surety dispute CLAIM`: who must move until when, what it is about, what each side stands to lose. */
import type { Run as RunView } from '@surety/sdk/runs';
import { printClaim } from '../claim-words.ts';
import { rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { fail } from '../local/fail.ts';
import { ownAddress } from '../local/receipt-file.ts';
import { placesOf } from '../local/watching.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';

type Message = { readonly kind: 'claim'; readonly claim: RunView };

/** Wipes the screen, so that a followed claim stays where it is. */
const CLEAR = '\u001b[2J\u001b[H';

export const run: Run = async ({ args: [claim = ''], values, context }) => {
  const { out, env, home, signal } = context;
  if (!/^(?:0x)?[0-9a-fA-F]{4,64}$/.test(claim))
    throw new UsageError(
      `"${claim}" is no claim.`,
      'Give its id, or at least four of its first digits; "surety claims" lists them.',
      'CLAIM',
    );
  const follow = values.follow === true;
  const task = { ...placesOf(values), home, programs: [], claim, follow, pollSeconds: 1 };
  const RPC_URL = rpcUrlOf(values, context, 'dispute');
  const { messages } = startProgram<Message>('claims', { ...env, RPC_URL, SURETY_TASK: JSON.stringify(task) }, signal);
  let said = false;
  for await (const message of messages) {
    if (message.kind === 'refused') return fail(message.problem);
    said = true;
    if (out.json && follow) process.stdout.write(`${JSON.stringify(message.claim)}\n`);
    else if (out.json) out.data(message.claim);
    else {
      if (follow && out.live) process.stdout.write(CLEAR);
      printClaim(out, message.claim, ownAddress(home));
    }
  }
  if (signal.aborted) return 130;
  return said ? 0 : silent('The dispute');
};
