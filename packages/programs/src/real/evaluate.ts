/**
 * Runs a real graph over samples, node by node: each constant is read once for all samples and dropped after its last
 * use, and so is every intermediate value. This is what calibration sees.
 */
import { assertInvariant, type Problem, SuretyError } from '@surety/core';
import { operandsOf, type ValueId } from '../program.ts';
import { elements, type Shape } from '../tensor.ts';
import { release } from '../transient.ts';
import { evaluateForm, type RealTensor } from './evaluate/form.ts';
import type { RealForm, RealGraph } from './graph.ts';

/** Values of each input by its name, row-major; a graph's own shapes apply. */
export type Sample = Readonly<Record<string, Float32Array | Float64Array>>;

/** The values that a form reads. */
export const realOperands = (form: RealForm): readonly ValueId[] => (form.op === 'unary' ? [form.x] : operandsOf(form));

/** For each value, the last one that reads it; outputs are never dropped. */
const lastUses = (graph: RealGraph): Float64Array => {
  const last = new Float64Array(graph.values.length).fill(-1);
  graph.values.forEach((value, id) => {
    if (value.kind === 'node') for (const operand of realOperands(value.form)) last[operand] = id;
  });
  for (const { value } of graph.outputs) last[value] = Number.POSITIVE_INFINITY;
  return last;
};

const outside = (sample: number, origin: string, message: string): Problem => ({
  code: 'input.out-of-range',
  message: `Sample ${sample} leads ${origin} to ${message}.`,
  next: 'Use samples that the model itself accepts.',
  field: `samples[${sample}]`,
  value: origin,
});

const incomplete = (sample: number, name: string, shape: Shape, length: number | undefined): Problem => ({
  code: 'input.malformed',
  message: `Sample ${sample} holds ${length ?? 0} numbers of ${name}.`,
  next: `Give it ${elements(shape)}, for the shape [${shape.join(', ')}].`,
  field: `samples[${sample}].${name}`,
  value: `${length ?? 0} numbers`,
  limit: `${elements(shape)} numbers`,
});

/**
 * Evaluates all values that anything needs, in order.
 * @param visit sees each value once, with its tensor for each sample (one and the same for a constant)
 * @returns the outputs of each sample by name
 * @throws {SuretyError} `input.malformed` when a sample lacks numbers of an input, `input.out-of-range` when an index that
 * it leads to leaves its table
 */
export const evaluateGraph = (
  graph: RealGraph,
  samples: readonly Sample[],
  visit: (id: ValueId, values: readonly RealTensor[]) => void = () => {},
): Record<string, RealTensor>[] => {
  const last = lastUses(graph);
  const held = new Map<ValueId, readonly RealTensor[]>();
  const constant = (id: ValueId): readonly RealTensor[] => {
    const { shape, ...value } = graph.values[id]!;
    assertInvariant(value.kind === 'constant', `Value ${id} is read after its last use.`);
    const tensor = { shape, values: value.read() };
    const tensors = samples.map(() => tensor);
    visit(id, tensors);
    held.set(id, tensors);
    return tensors;
  };
  const get = (id: ValueId): readonly RealTensor[] => held.get(id) ?? constant(id);

  graph.values.forEach((value, id) => {
    const { shape } = value;
    if (value.kind === 'constant' || (value.kind === 'node' && last[id] === -1)) return;
    const tensors = samples.map((sample, i): RealTensor => {
      if (value.kind === 'node') {
        const values = evaluateForm(
          value.form,
          shape,
          (operand) => get(operand)[i]!,
          (words) => {
            throw new SuretyError(outside(i, value.origin, words));
          },
        );
        return { shape, values };
      }
      const values = sample[value.name];
      if (values?.length !== elements(shape)) throw new SuretyError(incomplete(i, value.name, shape, values?.length));
      return { shape, values };
    });
    visit(id, tensors);
    if (last[id] !== -1) held.set(id, tensors);
    if (value.kind === 'node') {
      for (const operand of realOperands(value.form)) {
        if (last[operand] !== id) continue;
        const [first] = held.get(operand) ?? [];
        // A reshaped tensor shares the numbers of its operand.
        if (graph.values[operand]!.kind === 'constant' && value.form.op !== 'reshape' && first) release(first.values);
        held.delete(operand);
      }
    }
  });
  return samples.map((_, i) =>
    Object.fromEntries(graph.outputs.map(({ name, value }) => [name, get(value)[i]!] as const)),
  );
};
