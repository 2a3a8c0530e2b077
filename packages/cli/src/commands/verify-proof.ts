/** `surety verify` of a proof of a run: offline, against a program or an architecture. */
import { resolve } from 'node:path';
import type { Architecture, PublicProgram } from '@surety/sdk/proofs';
import { fail } from '../local/fail.ts';
import { readBytes } from '../local/files.ts';
import { inputsOf, openModel } from '../local/model-files.ts';
import { printFinding, printProvedOutputs, printSecrecy } from '../proof-words.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';
import { safe } from '../terminal/safe.ts';

export const MAX_PROOF_BYTES = 2 ** 28;
const MAX_ARCHITECTURE_BYTES = 2 ** 26;

/** The architecture in a file. */
export const architectureIn = async (file: string, { cwd }: Context): Promise<Architecture> => {
  const { decodeArchitecture } = await import('@surety/sdk/proofs');
  const bytes = readBytes(resolve(cwd, file), { what: 'The architecture', maxBytes: MAX_ARCHITECTURE_BYTES });
  const read = decodeArchitecture(bytes);
  return read.ok ? read.value : fail(read.problem);
};

const subjectIn = async ({ program, architecture }: Values, context: Context) => {
  if (typeof program === 'string' && architecture === undefined) {
    const model = await openModel(program, context);
    const subject: PublicProgram = { kind: 'public', program: model.program, id: model.idBytes };
    return { subject, close: model.close };
  }
  if (typeof architecture !== 'string' || program !== undefined)
    throw new UsageError(
      'A proof is checked against one program.',
      'Name it with --program FILE|ID, or with --architecture FILE where its weights are hidden.',
      '--program',
    );
  return { subject: await architectureIn(architecture, context), close: () => undefined };
};

const ID = /^[0-9a-f]{64}$/;

const idIn = (given: string): Uint8Array | null => (ID.test(given) ? new Uint8Array(Buffer.from(given, 'hex')) : null);

/** What the run has to be about: ids, or for the input a file of numbers. */
const expectedIn = async (
  { input, output, integers }: Values,
  subject: PublicProgram | Architecture,
  context: Context,
): Promise<{ readonly input?: Uint8Array; readonly output?: Uint8Array }> => {
  const expected: { input?: Uint8Array; output?: Uint8Array } = {};
  if (typeof output === 'string') {
    const id = idIn(output);
    if (id === null)
      throw new UsageError('--output is no id.', 'Give the 64 hex digits of L of the output.', '--output');
    expected.output = id;
  }
  if (typeof input !== 'string') return expected;
  const id = idIn(input);
  if (id !== null) return { ...expected, input: id };
  const { listRoot } = await import('@surety/sdk/model-files');
  const { oneInput } = await import('@surety/sdk/proofs');
  const inputs = subject.kind === 'public' ? subject.program.inputs : subject.graph.inputs;
  const takes = { inputs, states: [] };
  const given = oneInput(takes, await inputsOf({ program: takes }, input, context), { integers: integers === true });
  return given.ok ? { ...expected, input: listRoot(given.value.inputs) } : fail(given.problem);
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Checks one proof and says what it shows. */
export const verifyProof = async (
  file: string,
  bytes: Uint8Array,
  values: Values,
  context: Context,
): Promise<number> => {
  const { out, signal } = context;
  const { subject, close } = await subjectIn(values, context);
  try {
    const zk = await import('@surety/sdk/proofs');
    const expected = await expectedIn(values, subject, context);
    const started = performance.now();
    const verified = await zk.verify(bytes, subject, { expected, signal });
    const milliseconds = performance.now() - started;
    if (!verified.ok) return fail(verified.problem);
    const { finding, inputs, input, output } = verified.value;
    const specs = subject.kind === 'public' ? subject.program.outputs : subject.graph.outputs;
    const outputs = zk.outputsOf(specs, verified.value.outputs);
    const secrecy = zk.secrecyOf(subject, inputs === null);
    if (out.json) {
      out.data({
        holds: finding.holds,
        input: hex(input),
        output: hex(output),
        outputs,
        secrecy,
        finding,
        milliseconds,
      });
      return 0;
    }
    printFinding(out, finding);
    out.line();
    printProvedOutputs(out, outputs);
    printSecrecy(out, secrecy);
    out.line(out.style.dim(`\n${safe(file)}: checked offline in ${Math.ceil(milliseconds)} ms.`));
    return 0;
  } finally {
    close();
  }
};
