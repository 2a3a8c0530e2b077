/** `surety run PROGRAM INPUT --prove optimistic`: runs a program and posts the result with a bond behind it. */
import { dirname, join } from 'node:path';
import { formatDollars, parseDollars, unwrap } from '@surety/sdk/base';
import { moment } from '../claim-words.ts';
import { parseDuration, spoken } from '../duration.ts';
import { chainKey, rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { inputsOf, openModel, remember } from '../local/model-files.ts';
import { saltOf } from '../local/salts.ts';
import { placesOf, watch } from '../local/watching.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Run, Values } from '../table.ts';
import type { Output } from '../terminal/output.ts';
import { confirm } from '../terminal/prompt.ts';
import { safe } from '../terminal/safe.ts';

/** Why a route cannot be had, for those that cannot. */
const UNBUILT: { readonly [route: string]: string } = {
  enclave: 'Attestations are checked and keys are registered, but no provider here runs programs in an enclave.',
  zk: 'There is no prover of tensor programs yet.',
  statistical: 'Fingerprints of results are not built; they would never slash anybody, nor make anything final.',
};

const checkRoute = (route: string | boolean | undefined): void => {
  if (route === 'optimistic') return;
  if (typeof route !== 'string')
    throw new UsageError(
      '"surety run" needs --prove.',
      'Write --prove optimistic, or use "surety model run" for a run alone.',
      '--prove',
    );
  const reason = UNBUILT[route];
  if (reason === undefined) throw new UsageError(`--prove cannot be ${route}.`, 'Write --prove optimistic.', '--prove');
  fail({
    code: 'route.unavailable',
    message: `A result cannot be proved by ${route}: ${reason}`,
    next: 'Write --prove optimistic.',
    field: '--prove',
    value: route,
  });
};

type Output_ = {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly integers: readonly number[];
  readonly reals: readonly number[];
};

type Ready = {
  readonly kind: 'ready';
  readonly chainId: number;
  readonly me: string;
  readonly claimId: string;
  readonly outputs: readonly Output_[];
  readonly bondMicroUsd: string;
  readonly windowSeconds: number;
  readonly clockSeconds: number;
  readonly stakeMicroUsd: string;
  readonly rewardMicroUsd: string;
  readonly inputShown: boolean;
  readonly plan: string;
  readonly chosen: string | null;
  readonly planned: {
    readonly bondMicroUsd: string;
    readonly windowSeconds: string;
    readonly clockSeconds: string;
  } | null;
};

type Claimed = {
  readonly kind: 'claimed';
  readonly claimId: string;
  readonly file: string;
  readonly transaction: string | null;
  readonly gasUsed: string | null;
  readonly finalAt: number;
};

type Message = Ready | Claimed | { readonly kind: 'declined' };

const dollarsIn = (values: Values, name: string): string | null =>
  typeof values[name] === 'string' ? String(unwrap(parseDollars(values[name], `--${name}`))) : null;

const secondsIn = (values: Values, name: string): number | null =>
  typeof values[name] === 'string' ? unwrap(parseDuration(values[name], `--${name}`)) : null;

const SHOWN = 8;

const few = (numbers: readonly number[]): string =>
  `${numbers
    .slice(0, SHOWN)
    .map((value) => Number(value.toPrecision(6)))
    .join(', ')}${numbers.length > SHOWN ? `, … (${numbers.length} in all)` : ''}`;

const printReady = (out: Output, ready: Ready, value: string): void => {
  const { bold, dim, yellow } = out.style;
  for (const { name, dtype, shape, reals } of ready.outputs)
    out.line(`${bold(safe(name))} ${dim(`${dtype} [${shape.join(', ')}]`)}  ${few(reals)}`);
  out.line();
  out.line(
    dim(
      `What the planner says if ${formatDollars(BigInt(value))} depend on the result (--value). How many watch, and how well, is assumed: nobody measured it.`,
    ),
  );
  out.line(ready.plan);
  out.line();
  const bond = formatDollars(BigInt(ready.bondMicroUsd));
  out.line(
    `${bold('You claim this result')} with a bond of ${bond}; anybody may dispute it for ${spoken(ready.windowSeconds)}, each side of a dispute has ${spoken(ready.clockSeconds)}.`,
  );
  const { planned } = ready;
  if (planned !== null && BigInt(ready.bondMicroUsd) < BigInt(planned.bondMicroUsd))
    out.line(yellow(`  The planner would want a bond of ${formatDollars(BigInt(planned.bondMicroUsd))}.`));
  if (planned !== null && ready.windowSeconds < Number(planned.windowSeconds))
    out.line(yellow(`  The planner would want a window of ${spoken(Number(planned.windowSeconds))}.`));
  if (!ready.inputShown)
    out.line(yellow('  The input is not shown with the claim: watchers can check it only if you give it to them.'));
  out.line();
};

const printClaimed = (out: Output, { claimId, file, gasUsed, transaction, finalAt }: Claimed): void => {
  const { bold, dim, green, yellow } = out.style;
  out.line(`${green('✔')} Claimed: ${bold(claimId)}`);
  if (transaction !== null) out.line(dim(`  transaction ${transaction}, ${gasUsed} gas`));
  out.line(dim(`  It becomes final after ${moment(finalAt)}, unless somebody disputes it.`));
  out.line(dim(`  What defends it is kept in ${dirname(file)}.`));
  out.line(
    yellow(
      '  Keep "surety watch" running until it is final: whoever does not answer a question in time loses the bond.',
    ),
  );
  out.line(dim(`  How it stands: surety dispute ${claimId.slice(0, 10)}`));
};

const taskFor = async (word: string, file: string, values: Values, context: Context) => {
  const { home } = context;
  const model = await openModel(word, context);
  try {
    const { encodeWhole, listRoot, toHex, writeTensors } = await import('@surety/sdk/model-files');
    const given = await inputsOf(model, file, context);
    const whole = unwrap(encodeWhole(model.program, given, { integers: values.integers === true }));
    const input = toHex(listRoot(whole.inputs));
    remember(home, model.id, model.file);
    writeFile(join(home, 'claims', 'inputs', `${input}.json`), writeTensors(whole.inputs), { secret: true });
    return {
      ...placesOf(values),
      home,
      file: model.file,
      program: model.id,
      steps: whole.steps,
      input,
      programIsPrivate: values.revealed !== true && saltOf(home, model.id) !== null,
      inputIsPrivate: values['private-input'] === true,
      bondMicroUsd: dollarsIn(values, 'bond'),
      windowSeconds: secondsIn(values, 'window'),
      clockSeconds: secondsIn(values, 'clock'),
      priceMicroUsd: dollarsIn(values, 'price') ?? '0',
      premiumPpm: 0,
      valueMicroUsd: dollarsIn(values, 'value') ?? '1000000000',
      showBytes: values['hide-input'] === true ? 0 : 4_096,
    };
  } finally {
    model.close();
  }
};

export const run: Run = async ({ args: [word = '', file = ''], values, context }) => {
  checkRoute(values.prove);
  const { out, env, signal } = context;
  const RPC_URL = rpcUrlOf(values, context, 'run');
  const SURETY_CHAIN_KEY = chainKey(values, context, 'cli');
  const task = await taskFor(word, file, values, context);
  const program = startProgram<Message>(
    'claim',
    { ...env, RPC_URL, SURETY_CHAIN_KEY, SURETY_TASK: JSON.stringify(task) },
    signal,
  );
  let ready: Ready | null = null;
  for await (const message of program.messages) {
    if (message.kind === 'refused') return fail(message.problem);
    if (message.kind === 'declined')
      return fail({ code: 'cli.declined', message: 'Nothing was claimed.', next: 'Run it again when you are sure.' });
    if (message.kind === 'ready') {
      ready = message;
      printReady(out, message, task.valueMicroUsd);
      const go = values.yes === true || (await confirm('Post the claim?', { fallback: true }));
      program.tell(go ? 'go' : 'no');
      continue;
    }
    if (out.json && values.wait === true) process.stdout.write(`${JSON.stringify({ ...ready, ...message })}\n`);
    else if (out.json) out.data({ ...ready, ...message, kind: undefined });
    else printClaimed(out, message);
    return values.wait === true ? watch(values, context, [message.claimId]) : 0;
  }
  return silent('The claim');
};
