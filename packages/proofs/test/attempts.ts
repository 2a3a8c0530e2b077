/** What somebody might bring against a run that is as claimed. */
import { elements } from '@surety/programs';
import type { Random } from '../../programs/test/random.ts';
import type { RunBook } from '../src/index.ts';
import {
  refuteElement,
  refuteInput,
  refuteLink,
  refuteOutput,
  refuteOutputCount,
  refuteSlice,
  refuteStacked,
} from '../src/optimistic/refute.ts';
import { UnknownHash } from '../src/optimistic/tree.ts';

/** A proof with a bit, its length, a byte or a stretch changed. */
export const changed = (proof: Uint8Array, random: Random): Uint8Array => {
  const bytes = proof.slice();
  const at = random.int(0, bytes.length - 1);
  switch (random.int(0, 3)) {
    case 0:
      bytes[at]! ^= 1 << random.int(0, 7);
      return bytes;
    case 1:
      return bytes.slice(0, at);
    case 2:
      return Uint8Array.of(...bytes.subarray(0, at), random.int(0, 255), ...bytes.subarray(at));
    default:
      return bytes.copyWithin(at, random.int(0, bytes.length - 1), random.int(0, bytes.length));
  }
};

/** Everything that somebody might bring against a run: one of each kind, about a random place. */
export const attempts = async (run: RunBook, random: Random): Promise<Uint8Array[]> => {
  const t = random.int(0, run.steps - 1);
  const step = (await run.step(t))!;
  const j = random.int(0, run.program.nodes - 1);
  const e = random.int(0, elements(step.node(j)!.type!.shape) - 1);
  const { inputs, outputs, states } = run.program.checked;
  const output = random.int(0, outputs.length - 1);
  const input = random.int(0, inputs.length - 1);
  const { value } = outputs[output]!;
  const last = (await run.step(run.steps - 1))!;
  const made: (() => Uint8Array)[] = [
    () => refuteElement(run, step, j, e, null),
    () => refuteOutputCount(run, run.outputs),
    () => refuteOutput(run, run.outputs, last, output, value),
    () => refuteStacked(run, run.outputs, step, { index: output, value, element: random.chance(50) ? 0 : null }),
    () => refuteSlice(run, step, input, random.chance(50) ? 0 : null),
    () => refuteInput(run, run.inputs, null, { kind: 'count' }),
    () => refuteInput(run, run.inputs, null, { kind: 'type', index: input }),
    () => refuteInput(run, run.inputs, null, { kind: 'range', index: input, element: 0 }),
    () => refuteInput(run, step.list!, step, { kind: 'range', index: input, element: 0 }),
  ];
  const before = t === 0 ? null : await run.step(t - 1);
  for (const [state, { input: fed, output: from }] of states.entries()) {
    made.push(() => refuteLink(run, step, before, { state, input: fed, value: outputs[from]!.value }));
  }
  return made.flatMap((make) => {
    try {
      return [make()];
    } catch (error) {
      // There are programs without inputs.
      if (error instanceof UnknownHash || error instanceof TypeError) return [];
      throw error;
    }
  });
};
