/** The provider's side: one run gives the outputs, the committed trace, and the exact sums that a checker asks for. */
import { ok, type Result } from '@surety/core';
import {
  type CheckedProgram,
  checkProgram,
  createEngine,
  createListHasher,
  Machine,
  type MachineOptions,
  type Tensor,
  traceRoot,
} from '@surety/programs';
import { createMessageHasher } from './messages.ts';
import { GAIN, type Parts, partsOf, widened } from './parts.ts';
import { committedBytes, type SumsRecord } from './record.ts';

export type ProviderOptions = {
  readonly machine?: Machine | MachineOptions;
  /** As `partsOf` takes it. */
  readonly gain?: number;
  /** Whether records hold the values of replayed nodes too, for checkers that look at some of their elements only. */
  readonly withValues?: boolean;
};

export type Proven = {
  readonly record: SumsRecord;
  readonly outputs: readonly Tensor[];
  /** Z: what a batch commits to beside the run (spec 19.5). */
  readonly sumsId: Uint8Array;
};

export type Provider = {
  readonly parts: Parts;
  /** Runs samples together. Problems: `program.input`, `program.too-large`. */
  readonly prove: (samples: readonly (readonly Tensor[])[]) => Promise<Result<readonly Proven[]>>;
  /** Ends the threads of a machine that was made for it. */
  readonly close: () => Promise<void>;
};

/**
 * @param id P of the program
 * @returns a provider, or `program.too-large`; `program.invalid` where a program is so near the limits that its sums, as
 *   further values, go beyond them
 */
export const createProvider = async (
  program: CheckedProgram,
  id: Uint8Array,
  options: ProviderOptions = {},
): Promise<Result<Provider>> => {
  const parts = partsOf(program, options.gain ?? GAIN);
  const wide = checkProgram({ ...program, nodes: widened(parts) });
  if (!wide.ok) return wide;
  const made = await createEngine(wide.value, {
    keep: true,
    ...(options.machine === undefined ? {} : { machine: options.machine }),
  });
  if (!made.ok) return made;
  const engine = made.value;
  const [hashLists, hashMessages] = await Promise.all([createListHasher(), createMessageHasher()]);
  const nodesFrom = program.inputs.length + program.constants.length;
  const count = program.nodes.length;
  const prove: Provider['prove'] = async (samples) => {
    const ran = await engine.runMany(samples, { trace: true });
    if (!ran.ok) return ran;
    const inputIds = hashLists(samples);
    const outputIds = hashLists(ran.value.map(({ outputs }) => outputs));
    const proven = ran.value.map(({ outputs, values, trace: hashes }, i): Omit<Proven, 'sumsId'> => {
      const roots = program.nodes.map((_, node) => hashes!.nodeRoot(node));
      const input = inputIds[i]!;
      const trace = traceRoot(id, input, roots);
      const sums = parts.folded.map((_, at) => values!.get(nodesFrom + count + at)!);
      const replayed =
        options.withValues === true ? parts.replayed.map((node) => values!.get(nodesFrom + node)!) : null;
      const run = { program: id, input, output: outputIds[i]!, trace };
      return { record: { run, gain: parts.gain, sums, values: replayed }, outputs };
    });
    const sumsIds = hashMessages(proven.map(({ record }) => committedBytes(parts, record)));
    return ok(proven.map((each, i): Proven => ({ ...each, sumsId: sumsIds[i]! })));
  };
  const close = async (): Promise<void> => {
    if (!(options.machine instanceof Machine)) await engine.close();
  };
  return ok({ parts, prove, close });
};
