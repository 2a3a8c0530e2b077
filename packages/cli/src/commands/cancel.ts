/** `surety cancel`: takes back a signed request that nobody has answered. */
import { resolve } from 'node:path';
import { formatDollars } from '@surety/sdk/base';
import { chainKey, rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { fail } from '../local/fail.ts';
import { readBytes } from '../local/files.ts';
import { MAX_REQUEST_BYTES, placesOf } from '../local/watching.ts';
import type { Run } from '../table.ts';

type Message = { readonly kind: 'cancelled'; readonly transaction: string; readonly priceMicroUsd: string };

export const run: Run = async ({ args: [named = ''], values, context }) => {
  const { out, env, cwd, signal } = context;
  const request = resolve(cwd, named);
  readBytes(request, { what: 'The request', maxBytes: MAX_REQUEST_BYTES });
  const RPC_URL = rpcUrlOf(values, context, 'cancel');
  const SURETY_CHAIN_KEY = chainKey(values, context, 'cli');
  const SURETY_TASK = JSON.stringify({ ...placesOf(values), request });
  const { messages } = startProgram<Message>('cancel', { ...env, RPC_URL, SURETY_CHAIN_KEY, SURETY_TASK }, signal);
  for await (const message of messages) {
    if (message.kind === 'refused') return fail(message.problem);
    const { dim, green } = out.style;
    if (out.json) out.data({ ...message, kind: undefined });
    out.line(`${green('✔')} Nobody can answer it any more.`);
    out.line(
      dim(
        `  Its price of ${formatDollars(BigInt(message.priceMicroUsd))} is free in the Arbiter: "surety watch --once --withdraw" pays it out.`,
      ),
    );
    return 0;
  }
  return silent('The cancelling');
};
