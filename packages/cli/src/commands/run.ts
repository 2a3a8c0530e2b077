/** `surety run --prove optimistic`: runs a program, for oneself or for a signed request, and posts the result with a bond. */
import { resolve } from 'node:path';
import { formatDollars } from '@surety/sdk/base';
import { chainKey, rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { fail } from '../local/fail.ts';
import { readBytes } from '../local/files.ts';
import { dollarsIn, namedProgram, privacyOf, subjectOf, termsIn } from '../local/subject.ts';
import { MAX_REQUEST_BYTES, placesOf, watch } from '../local/watching.ts';
import { UsageError } from '../refusal.ts';
import { type ClaimedRun, printClaimed, printReadyClaim, type ReadyClaim } from '../run-words.ts';
import type { Context, Run, Values } from '../table.ts';
import { confirm } from '../terminal/prompt.ts';
import { runStatistical } from './run-statistical.ts';
import { runZk } from './run-zk.ts';

/** Options of routes without money. */
const FOR_PROOFS = { check: 'statistical', out: 'zk or statistical', private: 'zk', threads: 'zk' } as const;

/** Why a route cannot be had, for those that cannot. */
const UNBUILT: { readonly [route: string]: string } = {
  enclave: 'Attestations are checked and keys are registered, but no provider here runs programs in an enclave.',
};

const checkRoute = (route: string | boolean | undefined): void => {
  if (route === 'optimistic') return;
  if (typeof route !== 'string')
    throw new UsageError(
      '"surety run" needs --prove.',
      'Write --prove optimistic, zk or statistical, or use "surety model run" for a run alone.',
      '--prove',
    );
  const reason = UNBUILT[route];
  if (reason === undefined)
    throw new UsageError(`--prove cannot be ${route}.`, 'Write --prove optimistic, zk or statistical.', '--prove');
  fail({
    code: 'route.unavailable',
    message: `A result cannot be proved by ${route}: ${reason}`,
    next: 'Write --prove optimistic, zk or statistical.',
    field: '--prove',
    value: route,
  });
};

type Message = ReadyClaim | ClaimedRun | { readonly kind: 'declined' };

/** What a signed request has settled already. */
const SETTLED = ['bond', 'price', 'window', 'clock', 'value', 'integers', 'private-input'] as const;

/** Of a signed request, which brings its input along: the program may be named where it was not imported. */
const signedTask = async (request: string, args: readonly string[], values: Values, context: Context) => {
  const [word, extra] = args;
  if (extra !== undefined)
    throw new UsageError(`"${extra}" is one argument too many.`, 'A request brings its input along.', 'INPUT');
  const given = SETTLED.find((name) => values[name] !== undefined);
  if (given !== undefined)
    throw new UsageError(`--${given} is settled by the request.`, `Leave --${given} out.`, `--${given}`);
  const file = resolve(context.cwd, request);
  readBytes(file, { what: 'The request', maxBytes: MAX_REQUEST_BYTES });
  const program = word === undefined ? null : await namedProgram(word, context);
  return { request: file, own: null, named: { program, ...privacyOf(values, context.home) } };
};

const ownTask = async ([word, file]: readonly string[], values: Values, context: Context) => {
  if (word === undefined || file === undefined)
    throw new UsageError(
      '"surety run" needs PROGRAM|ID and INPUT.json|INPUT.npz, or --request FILE.',
      'Usage: surety run PROGRAM|ID INPUT.json|INPUT.npz --prove optimistic',
    );
  const terms = { ...termsIn(values), priceMicroUsd: dollarsIn(values, 'price') ?? '0' };
  const { named, subject } = await subjectOf(word, file, values, context);
  return { request: null, own: { ...subject, ...terms }, named };
};

export const run: Run = async ({ args, values, context }) => {
  if (values.prove === 'statistical') return runStatistical(args, values, context);
  if (values.prove === 'zk') return runZk(args, values, context);
  const odd = (['check', 'out', 'private', 'threads'] as const).find((name) => values[name] !== undefined);
  if (odd !== undefined)
    throw new UsageError(`--${odd} is for --prove ${FOR_PROOFS[odd]}.`, `Leave --${odd} out.`, `--${odd}`);
  checkRoute(values.prove);
  const { out, env, home, signal } = context;
  const RPC_URL = rpcUrlOf(values, context, 'run');
  const SURETY_CHAIN_KEY = chainKey(values, context, 'cli');
  const { request } = values;
  const about = await (typeof request === 'string'
    ? signedTask(request, args, values, context)
    : ownTask(args, values, context));
  const task = {
    ...placesOf(values),
    home,
    ...about,
    showBytes: values['hide-input'] === true ? 0 : 4_096,
  };
  const program = startProgram<Message>(
    'claim',
    { ...env, RPC_URL, SURETY_CHAIN_KEY, SURETY_TASK: JSON.stringify(task) },
    signal,
  );
  let ready: ReadyClaim | null = null;
  for await (const message of program.messages) {
    if (message.kind === 'refused') return fail(message.problem);
    if (message.kind === 'declined')
      return fail({ code: 'cli.declined', message: 'Nothing was claimed.', next: 'Run it again when you are sure.' });
    if (message.kind === 'ready') {
      ready = message;
      printReadyClaim(out, message, about.own?.valueMicroUsd ?? '0');
      const go = values.yes === true || (await confirm('Post the claim?', { fallback: true }));
      program.tell(go ? 'go' : 'no');
      continue;
    }
    if (out.json && values.wait === true) process.stdout.write(`${JSON.stringify({ ...ready, ...message })}\n`);
    else if (out.json) out.data({ ...ready, ...message, kind: undefined });
    else printClaimed(out, message, about.own === null ? formatDollars(BigInt(ready?.priceMicroUsd ?? '0')) : null);
    return values.wait === true ? watch(values, context, [message.claimId]) : 0;
  }
  return silent('The claim');
};
