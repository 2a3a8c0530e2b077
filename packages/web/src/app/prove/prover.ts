/** The worker that proves and verifies, so that the page stays quick. It is told all that it needs, and fetches nothing. */
import {
  type Architecture,
  bytesSource,
  commit,
  commitProgram,
  decodeArchitecture,
  encodeArchitecture,
  estimate,
  inputsOfJson,
  ok,
  oneInput,
  outputsOf,
  type PublicProgram,
  problemOf,
  progressWords,
  prove,
  proveRange,
  type Result,
  readProgram,
  refuse,
  secrecyOf,
  verify,
} from '@surety/sdk/proofs';
import type { GivenInput, Proved, Shown, Task, Told } from './messages.ts';
import { live, THREADS, type ThreadTask } from './threads.ts';

const tell = (told: Told): void => postMessage(told);

const publicProgram = (bytes: Uint8Array): Result<PublicProgram> => {
  const read = readProgram(bytesSource(bytes));
  if (!read.ok) return read;
  return ok({ kind: 'public', program: read.value, id: commitProgram(read.value).id });
};

const ARCHITECTURE = 'SRTYARC1';

const heldSubject = (bytes: Uint8Array): Result<PublicProgram | Architecture> =>
  new TextDecoder().decode(bytes.subarray(0, ARCHITECTURE.length)) === ARCHITECTURE
    ? decodeArchitecture(bytes)
    : publicProgram(bytes);

const runsOf = (input: GivenInput) => {
  if (input.kind === 'json') {
    try {
      return inputsOfJson(JSON.parse(input.text));
    } catch {
      return refuse({
        code: 'input.malformed',
        message: 'The input is no JSON.',
        next: 'Write {"NAME": [numbers], …}, with the names of the program’s inputs.',
        field: 'input',
      });
    }
  }
  return ok([new Map([[input.name, { shape: [input.values.length], values: Float64Array.from(input.values) }]])]);
};

const shownBy = async (proof: Uint8Array, subject: PublicProgram | Architecture): Promise<Result<Shown>> => {
  const started = performance.now();
  const verified = await verify(proof, subject);
  const milliseconds = performance.now() - started;
  if (!verified.ok) return verified;
  const { outputs, inputs, finding } = verified.value;
  const specs = subject.kind === 'public' ? subject.program.outputs : subject.graph.outputs;
  return ok({
    outputs: outputsOf(specs, outputs),
    secrecy: secrecyOf(subject, inputs === null),
    finding,
    milliseconds,
  });
};

const proved = async ({ program, input, hide }: Task & { kind: 'prove' }): Promise<Result<Proved>> => {
  const [hideInput, hideWeights] = [hide === 'input' || hide === 'both', hide === 'weights' || hide === 'both'];
  const subject = publicProgram(program);
  if (!subject.ok) return subject;
  const runs = runsOf(input);
  if (!runs.ok) return runs;
  const given = oneInput(subject.value.program, runs.value, { integers: input.kind === 'integers' });
  if (!given.ok) return given;
  const stated = await estimate(subject.value.program, { hideInput, hideWeights, ...THREADS });
  if (!stated.ok) return stated;
  tell({ kind: 'stated', estimate: stated.value });
  const committed = hideWeights ? await commit(subject.value.program, THREADS) : null;
  if (committed?.ok === false) return committed;
  const prover = committed?.value ?? subject.value;
  const ranged = prover.kind === 'private' ? await proveRange(prover, THREADS) : ok(prover);
  if (!ranged.ok) return ranged;
  const started = performance.now();
  const made = await prove(prover, given.value.inputs, {
    hideInput,
    ...THREADS,
    progress: (at) => tell({ kind: 'progress', words: progressWords(at), done: at.done, total: at.total }),
  });
  const milliseconds = performance.now() - started;
  if (!made.ok) return made;
  const verifier = ranged.value;
  const shown = await shownBy(made.value.file, verifier);
  if (!shown.ok) return shown;
  const architecture = verifier.kind === 'private' ? encodeArchitecture(verifier) : null;
  const { threads } = stated.value;
  const { clamped } = given.value;
  return ok({ ...shown.value, milliseconds, threads, proof: made.value.file, architecture, clamped });
};

const work = async (task: Task): Promise<Told> => {
  if (task.kind === 'prove') {
    const made = await proved(task);
    return made.ok ? { kind: 'proved', proved: made.value } : { kind: 'refused', problem: made.problem };
  }
  const subject = heldSubject(task.held);
  const shown = subject.ok ? await shownBy(task.proof, subject.value) : subject;
  return shown.ok ? { kind: 'verified', shown: shown.value } : { kind: 'refused', problem: shown.problem };
};

addEventListener('message', ({ data }: MessageEvent<Task | ThreadTask>) => {
  if (data.kind === 'thread') return live(data);
  void work(data)
    .catch((error: unknown): Told => ({ kind: 'refused', problem: problemOf(error) }))
    .then(tell);
});
