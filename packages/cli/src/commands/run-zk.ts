/** `surety run --prove zk`: a run with a proof of it, its weights or its input hidden if wanted; offline, no money. */
import { basename, dirname, join, resolve } from 'node:path';
import type { Architecture, PrivateProgram, Progress, Proof, PublicProgram } from '@surety/sdk/proofs';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { inputsOf, openModel } from '../local/model-files.ts';
import { withPrivateProgram } from '../local/private-program.ts';
import { threadsIn } from '../local/threads.ts';
import { number } from '../model-report.ts';
import { printProvedOutputs, printSecrecy, size } from '../proof-words.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';

/** What is for a claim in the arbiter, or for a record of sums. */
const ELSEWHERE = [
  'request',
  'bond',
  'price',
  'window',
  'clock',
  'wait',
  'check',
  'private-input',
  'hide-input',
] as const;

/** Exit status of what Ctrl-C ended. */
export const INTERRUPTED = 130;

type Hidden = { readonly weights: boolean; readonly input: boolean };

const hiddenIn = ({ private: given }: Values): Hidden => {
  if (given === undefined) return { weights: false, input: false };
  if (given === 'weights' || given === 'input' || given === 'both')
    return { weights: given !== 'input', input: given !== 'weights' };
  throw new UsageError(`--private cannot be ${given}.`, 'Write --private weights, input or both.', '--private');
};

const prove = async (word: string, file: string, values: Values, context: Context): Promise<number> => {
  const { out, cwd, signal } = context;
  const hidden = hiddenIn(values);
  const threads = await threadsIn(values);
  const model = await openModel(word, context);
  try {
    const zk = await import('@surety/sdk/proofs');
    const given = zk.oneInput(model.program, await inputsOf(model, file, context), {
      integers: values.integers === true,
    });
    if (!given.ok) return fail(given.problem);
    const { inputs, clamped } = given.value;
    const hiding = { hideInput: hidden.input, hideWeights: hidden.weights };
    const stated = await zk.estimate(model.program, { ...hiding, ...threads });
    if (!stated.ok) return fail(stated.problem);
    const { memoryBytes, proofBytes, layers, threads: working } = stated.value;
    out.note(
      out.style.dim(
        `Proving takes at most ${size(memoryBytes)} of memory beside the run, for ${number(layers)} layers and a proof of at most ${size(proofBytes)}, on ${working === 1 ? 'one thread' : `${working} threads`}.`,
      ),
    );
    const progress = (at: Progress): void => out.progress(`proving: ${zk.progressWords(at)}`);
    if (hidden.weights) out.progress('committing to the weights');
    const name = basename(model.file).replace(/\.program$/, '');
    const target = resolve(cwd, typeof values.out === 'string' ? values.out : `${name}.proof`);
    const work = async (subject: PublicProgram | PrivateProgram, verifier: PublicProgram | Architecture) => {
      const made = await zk.prove(subject, inputs, { hideInput: hidden.input, signal, progress, ...threads });
      out.progress(null);
      if (!made.ok) return fail(made.problem);
      signal.throwIfAborted();
      writeFile(target, made.value.file);
      return { proof: made.value, verifier };
    };
    const open: PublicProgram = { kind: 'public', program: model.program, id: model.idBytes };
    const { proof, verifier } = hidden.weights
      ? await withPrivateProgram(model, { context, threads }, work)
      : await work(open, open);
    const architecture = verifier.kind === 'private' ? join(dirname(target), `${name}.architecture`) : null;
    if (verifier.kind === 'private') writeFile(architecture!, zk.encodeArchitecture(verifier));
    const told = { proof, target, architecture, clamped };
    const verified = await zk.verify(proof.file, verifier);
    if (!verified.ok) return fail(verified.problem);
    return printed(told, { verified: verified.value, verifier }, context, zk);
  } catch (error) {
    if (!signal.aborted) throw error;
    out.progress(null);
    out.note('Stopped: no proof was written.');
    return INTERRUPTED;
  } finally {
    model.close();
  }
};

type Told = {
  readonly proof: Proof;
  readonly target: string;
  readonly architecture: string | null;
  readonly clamped: number;
};

type Zk = typeof import('@surety/sdk/proofs');

type Checked = {
  readonly verified: import('@surety/sdk/proofs').Verified;
  readonly verifier: PublicProgram | Architecture;
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const printed = (
  { proof, target, architecture, clamped }: Told,
  { verified, verifier }: Checked,
  { out }: Context,
  zk: Zk,
): number => {
  const specs = verifier.kind === 'public' ? verifier.program.outputs : verifier.graph.outputs;
  const outputs = zk.outputsOf(specs, proof.outputs);
  const secrecy = zk.secrecyOf(verifier, verified.inputs === null);
  const named =
    verifier.kind === 'public'
      ? { program: hex(verifier.id) }
      : { architecture: hex(verifier.id), weights: hex(verifier.weights) };
  const ids = { ...named, input: hex(verified.input), output: hex(verified.output) };
  if (out.json) {
    const files = { proof: target, ...(architecture === null ? {} : { architectureFile: architecture }) };
    out.data({ ...ids, outputs, secrecy, ...files, bytes: proof.file.length, clamped, finding: verified.finding });
    return 0;
  }
  const { bold, dim, green, yellow } = out.style;
  printProvedOutputs(out, outputs);
  if (clamped > 0)
    out.line(yellow(`  ${number(clamped)} input numbers lay beyond the program's range and were clamped.`));
  for (const [name, id] of Object.entries(ids)) out.line(dim(`  ${name.padEnd(14)}${id}`));
  out.line(`\n${green('✔')} Proved, and checked: ${bold(target)} (${number(proof.file.length)} bytes)`);
  printSecrecy(out, secrecy);
  if (architecture !== null) out.line(dim(`  Whoever verifies needs ${architecture} too.`));
  const subject = architecture === null ? '--program PROGRAM' : `--architecture ${basename(architecture)}`;
  out.line(dim(`  Check it: surety verify ${basename(target)} ${subject}`));
  return 0;
};

/** The whole command, for this route. */
export const runZk = async ([word, file]: readonly string[], values: Values, context: Context): Promise<number> => {
  const usage =
    'Usage: surety run PROGRAM|ID INPUT.json|INPUT.npz --prove zk [--private weights|input|both] [--threads N] [--out FILE]';
  if (word === undefined || file === undefined) throw new UsageError('A proof is of a program and an input.', usage);
  const odd = ELSEWHERE.find((name) => values[name] !== undefined);
  if (odd === 'private-input' || odd === 'hide-input')
    throw new UsageError(`--${odd} is not for --prove zk.`, 'Write --private input.', `--${odd}`);
  if (odd !== undefined) throw new UsageError(`--${odd} is not for --prove zk.`, `Leave --${odd} out.`, `--${odd}`);
  return prove(word, file, values, context);
};
