/** `surety run`: runs a program, for oneself or for a signed request, and posts the result with a bond, or with a proof and a bond. */
import { resolve } from 'node:path';
import { chainKey, rpcUrlOf } from '../local/chain-program.ts';
import { agreeOn } from '../local/claiming.ts';
import { fail } from '../local/fail.ts';
import { readBytes } from '../local/files.ts';
import { withHiddenProof } from '../local/hidden-proof.ts';
import { dollarsIn, namedProgram, privacyOf, subjectOf, termsIn } from '../local/subject.ts';
import { MAX_REQUEST_BYTES } from '../local/watching.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Run, Values } from '../table.ts';
import { runStatistical } from './run-statistical.ts';
import { INTERRUPTED, runZk } from './run-zk.ts';

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

/** What a signed request has settled already. */
const SETTLED = ['bond', 'price', 'window', 'clock', 'value', 'integers', 'private-input', 'private'] as const;

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
  return { request: file, own: null, inputs: null, named: { program, ...privacyOf(values, context.home) } };
};

const ownTask = async ([word, file]: readonly string[], values: Values, context: Context) => {
  if (word === undefined || file === undefined)
    throw new UsageError(
      '"surety run" needs PROGRAM|ID and INPUT.json|INPUT.npz, or --request FILE.',
      'Usage: surety run PROGRAM|ID INPUT.json|INPUT.npz --prove optimistic',
    );
  const terms = { ...termsIn(values), priceMicroUsd: dollarsIn(values, 'price') ?? '0' };
  const { named, subject, inputs } = await subjectOf(word, file, values, context);
  return { request: null, own: { ...subject, ...terms }, inputs, named };
};

/** Whether a proof is for the chain: a bond or a request is what a claim has, and a file has not. */
const isClaimedProof = ({ prove, bond, request }: Values): boolean =>
  prove === 'zk' && (bond !== undefined || request !== undefined);

/** What a proof has that is not for the chain. */
const checkClaimedProof = (values: Values): void => {
  if (values['hide-input'] !== undefined)
    throw new UsageError(
      '--hide-input is not for a proof on a chain: the data of the proof would show it.',
      'Write --private input.',
      '--hide-input',
    );
  for (const name of ['out', 'check'] as const)
    if (values[name] !== undefined)
      throw new UsageError(`--${name} is not for a proof on a chain.`, `Leave --${name} out.`, `--${name}`);
  if (values.threads !== undefined && values.private === undefined)
    throw new UsageError(
      '--threads is not for a proof on a chain that hides nothing.',
      'Leave --threads out.',
      '--threads',
    );
};

export const run: Run = async ({ args, values, context }) => {
  if (values.prove === 'statistical') return runStatistical(args, values, context);
  if (values.prove === 'zk' && !isClaimedProof(values)) return runZk(args, values, context);
  if (isClaimedProof(values)) checkClaimedProof(values);
  else {
    const odd = (['check', 'out', 'private', 'threads'] as const).find((name) => values[name] !== undefined);
    if (odd !== undefined)
      throw new UsageError(`--${odd} is for --prove ${FOR_PROOFS[odd]}.`, `Leave --${odd} out.`, `--${odd}`);
    checkRoute(values.prove);
  }
  const connection = { RPC_URL: rpcUrlOf(values, context, 'run'), SURETY_CHAIN_KEY: chainKey(values, context, 'cli') };
  const { request } = values;
  const about = await (typeof request === 'string'
    ? signedTask(request, args, values, context)
    : ownTask(args, values, context));
  const claim = { about, connection };
  try {
    const post = await (about.own === null || values.private === undefined
      ? agreeOn({ ...claim, proved: null }, values, context)
      : withHiddenProof(about, values, context, (proved) => agreeOn({ ...claim, proved }, values, context)));
    // From here on others may see the proof: it is spent, whatever becomes of the claim.
    return await post();
  } catch (error) {
    if (!context.signal.aborted) throw error;
    context.out.progress(null);
    context.out.note('Stopped. Whether anything was claimed says "surety claims".');
    return INTERRUPTED;
  }
};
