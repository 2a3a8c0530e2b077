/** `surety court serve --family NAME`: a juror at work at a court of contracts, and whoever ends its windows. */
import { parseDollars, unwrap } from '@surety/sdk/base';
import { chainKey, rpcUrlOf, startProgram } from '../local/chain-program.ts';
import { coinUnits, courtPlaces } from '../local/court-program.ts';
import { fail } from '../local/fail.ts';
import { UsageError } from '../refusal.ts';
import { printServing, type ServeMessage } from '../serve-words.ts';
import type { Run } from '../table.ts';

export const run: Run = async ({ values, context }) => {
  const { out, env, signal } = context;
  if (typeof values.family !== 'string')
    throw new UsageError('--family is missing.', 'Name the family that you have joined with.', '--family');
  const keeps = values.keep ?? 'own';
  if (keeps !== 'own' && keeps !== 'all')
    throw new UsageError(`--keep cannot be ${keeps}.`, 'Write --keep own or --keep all.', '--keep');
  const poll = values.poll ?? '2';
  if (typeof poll !== 'string' || !/^[1-9]\d{0,3}$/.test(poll))
    throw new UsageError(`--poll cannot be ${poll}.`, 'Give whole seconds.', '--poll');
  const task = {
    ...courtPlaces(values, context),
    ...{ family: values.family, keeps, once: values.once === true, pollSeconds: Number(poll) },
    coinUnits: coinUnits(values),
    floorUnits: typeof values.floor === 'string' ? String(unwrap(parseDollars(values.floor, '--floor'))) : '0',
    drandUrl: typeof values.drand === 'string' ? values.drand : 'https://api.drand.sh',
  };
  const { messages } = startProgram<ServeMessage>(
    'court-serve',
    {
      ...env,
      RPC_URL: rpcUrlOf(values, context, 'court serve'),
      SURETY_CHAIN_KEY: chainKey(values, context, 'cli'),
      SURETY_TASK: JSON.stringify(task),
    },
    signal,
  );
  for await (const message of messages) {
    if (message.kind === 'refused') return fail(message.problem);
    if (out.json) process.stdout.write(`${JSON.stringify(message)}\n`);
    else printServing(out, message);
  }
  return signal.aborted ? 130 : 0;
};
