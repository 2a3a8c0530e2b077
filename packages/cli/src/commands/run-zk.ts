/** `surety run --prove zk`: a run with a proof of it, its weights or its input hidden if wanted; offline, no money. */
import { basename, dirname, join, resolve } from 'node:path';
import type { Architecture, Proof, PublicProgram } from '@surety/sdk/proofs';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { hiddenIn } from '../local/hidden.ts';
import { inputsOf, openModel } from '../local/model-files.ts';
import { withProof } from '../local/proving.ts';
import { number } from '../model-report.ts';
import { printProvedOutputs, printSecrecy } from '../proof-words.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';

/** What is for a claim in the arbiter, or for a record of sums. */
const ELSEWHERE = ['price', 'window', 'clock', 'wait', 'check', 'private-input', 'hide-input'] as const;

/** Exit status of what Ctrl-C ended. */
export const INTERRUPTED = 130;

const prove = async (word: string, file: string, values: Values, context: Context): Promise<number> => {
  const { out, cwd, signal } = context;
  const hidden = hiddenIn(values);
  const model = await openModel(word, context);
  try {
    const zk = await import('@surety/sdk/proofs');
    const given = zk.oneInput(model.program, await inputsOf(model, file, context), {
      integers: values.integers === true,
    });
    if (!given.ok) return fail(given.problem);
    const { inputs, clamped } = given.value;
    const name = basename(model.file).replace(/\.program$/, '');
    const target = resolve(cwd, typeof values.out === 'string' ? values.out : `${name}.proof`);
    const what = { model, inputs, hidden, shownWeights: 'held' } as const;
    const { proof, verifier } = await withProof(what, values, context, async (made) => {
      writeFile(target, made.proof.file);
      return made;
    });
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
