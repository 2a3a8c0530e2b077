/** `surety request`: signs what a provider may answer, and puts its price where the provider will get it from. */
import { resolve } from 'node:path';
import { formatDollars, unwrap } from '@surety/sdk/base';
import { parseDuration } from '../duration.ts';
import { chainKey, rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { dollarsIn, subjectOf, termsIn } from '../local/subject.ts';
import { placesOf } from '../local/watching.ts';
import { UsageError } from '../refusal.ts';
import { printReadyRequest, type ReadyRequest } from '../run-words.ts';
import type { Context, Run, Values } from '../table.ts';
import { confirm } from '../terminal/prompt.ts';

type Message = ReadyRequest | { readonly kind: 'signed'; readonly text: string } | { readonly kind: 'declined' };

const priceOf = (values: Values): string => {
  const price = dollarsIn(values, 'price');
  if (price !== null) return price;
  throw new UsageError('"surety request" needs --price.', 'Write --price 2, for example.', '--price');
};

const proveOf = ({ prove = 'optimistic' }: Values): 'optimistic' | 'zk' => {
  if (prove === 'optimistic' || prove === 'zk') return prove;
  throw new UsageError(`--prove cannot be ${prove}.`, 'Write --prove optimistic or zk.', '--prove');
};

const taskOf = async ([word = '', file = '']: readonly string[], values: Values, context: Context) => {
  const { home } = context;
  const { provider, deadline } = values;
  const terms = {
    ...termsIn(values),
    priceMicroUsd: priceOf(values),
    deadlineSeconds: typeof deadline === 'string' ? unwrap(parseDuration(deadline, '--deadline')) : 3_600,
    provider: typeof provider === 'string' && provider !== 'anyone' ? provider : null,
  };
  const { named, subject } = await subjectOf(word, file, values, context);
  return { ...placesOf(values), home, ...terms, named, subject, prove: proveOf(values) };
};

export const run: Run = async ({ args, values, context }) => {
  const { out, env, cwd, signal } = context;
  const RPC_URL = rpcUrlOf(values, context, 'request');
  const SURETY_CHAIN_KEY = chainKey(values, context, 'cli');
  const task = await taskOf(args, values, context);
  const program = startProgram<Message>(
    'request',
    { ...env, RPC_URL, SURETY_CHAIN_KEY, SURETY_TASK: JSON.stringify(task) },
    signal,
  );
  let ready: ReadyRequest | null = null;
  for await (const message of program.messages) {
    if (message.kind === 'refused') return fail(message.problem);
    if (message.kind === 'declined')
      return fail({ code: 'cli.declined', message: 'Nothing was signed.', next: 'Run it again when you are sure.' });
    if (message.kind === 'ready') {
      ready = message;
      printReadyRequest(out, message, task.valueMicroUsd);
      const go = values.yes === true || (await confirm('Sign it, and deposit the price?', { fallback: true }));
      program.tell(go ? 'go' : 'no');
      continue;
    }
    if (ready === null) break;
    const file = resolve(
      cwd,
      typeof values.out === 'string' ? values.out : `request-${ready.digest.slice(2, 10)}.json`,
    );
    writeFile(file, message.text);
    const { bold, dim, green } = out.style;
    if (out.json) out.data({ ...ready, kind: undefined, file });
    out.line(`${green('✔')} Signed: ${bold(file)}`);
    out.line(dim(`  ${formatDollars(BigInt(ready.priceMicroUsd))} are in your balance at the Arbiter.`));
    out.line(dim(`  Give it to providers: surety run --request ${values.out ?? 'FILE'} --prove ${task.prove}`));
    out.line(dim('  Take it back while nobody has answered: surety cancel FILE'));
    return 0;
  }
  return silent('The request');
};
