/**
 * Scales and offsets of channels are folded into the weights before them: `conv(x, w) · s + t` is `conv(x, w·s) + (b·s + t)`
 * when s and t are constants along the last axis. Batch normalisation after a convolution thus costs nothing.
 */
import type { ValueId } from '../program.ts';
import { elements, type Shape } from '../tensor.ts';
import { RealBuilder } from './build.ts';
import { realOperands } from './evaluate.ts';
import type { RealForm, RealGraph, RealValue } from './graph.ts';
import { mapOperands } from './operands.ts';

type Product = Extract<RealForm, { op: 'matmul' | 'conv' }>;

/** How often each value is read; outputs count as read. */
const readers = (graph: RealGraph): Uint32Array => {
  const counts = new Uint32Array(graph.values.length);
  for (const value of graph.values) {
    if (value.kind === 'node') for (const id of realOperands(value.form)) counts[id]!++;
  }
  for (const { value } of graph.outputs) counts[value]!++;
  return counts;
};

/** One number for all channels, or a constant with one for each. */
type Factor = number | { readonly constant: ValueId };

/** What multiplies and shifts each channel of one value, where a form does nothing else. */
type ChannelMap = { readonly x: ValueId; readonly scale: Factor; readonly offset: Factor };

class Folder {
  private readonly out = new RealBuilder();
  private readonly place = new Map<ValueId, ValueId>();
  private readonly counts: Uint32Array;
  private readonly graph: RealGraph;

  constructor(graph: RealGraph) {
    this.graph = graph;
    this.counts = readers(graph);
  }

  /** Whether a value is a constant with one number for all, or one for each channel. */
  private isChannelwise(id: ValueId, channels: number): boolean {
    const { shape, kind } = this.graph.values[id]!;
    return (
      kind === 'constant' && (elements(shape) === 1 || (elements(shape) === channels && shape.at(-1) === channels))
    );
  }

  private channelMap(form: RealForm, shape: Shape): ChannelMap | null {
    const channels = shape.at(-1)!;
    const full = (id: ValueId): boolean => String(this.graph.values[id]!.shape) === String(shape);
    if (form.op === 'mul') {
      if (full(form.a) && this.isChannelwise(form.b, channels))
        return { x: form.a, scale: { constant: form.b }, offset: 0 };
      if (full(form.b) && this.isChannelwise(form.a, channels))
        return { x: form.b, scale: { constant: form.a }, offset: 0 };
      return null;
    }
    if (form.op !== 'affine' || form.x.length > 2) return null;
    if (form.x.length === 1) return { x: form.x[0]!, scale: form.c[0]!, offset: form.d };
    for (const [i, k] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const [x, other] = [form.x[i]!, form.x[k]!];
      if (!full(x) || !this.isChannelwise(other, channels) || form.c[k] !== 1 || form.d !== 0) continue;
      return { x, scale: form.c[i]!, offset: { constant: other } };
    }
    return null;
  }

  /** The product that alone a value is, read by nobody else, its weights constant. */
  private product(id: ValueId): Product | null {
    const value = this.out.values[this.place.get(id)!]!;
    if (this.counts[id] !== 1 || value.kind !== 'node') return null;
    const { form } = value;
    if (form.op === 'matmul') return this.out.isConstant(form.b) && this.out.shapeOf(form.b).length === 2 ? form : null;
    return form.op === 'conv' && this.out.isConstant(form.w) ? form : null;
  }

  private folded(value: RealValue & { kind: 'node' }): ValueId | null {
    if (value.numeric !== 'real' || value.shape.length === 0) return null;
    const map = this.channelMap(value.form, value.shape);
    const form = map && this.product(map.x);
    if (map === null || form === null || this.graph.values[map.x]!.numeric !== 'real') return null;
    if (String(this.graph.values[map.x]!.shape) !== String(value.shape)) return null;
    const { origin } = value;
    const channels = value.shape.at(-1)!;
    const { out } = this;
    const node = (inner: RealForm): ValueId => out.node(inner, 'real', origin);
    /** A number or constant as one number a channel, standing first in a tensor of the given rank. */
    const vector = (of: Factor, rank: number): ValueId => {
      const id =
        typeof of === 'number' ? out.constant([], 'real', Float64Array.of(of), origin) : this.place.get(of.constant)!;
      const count = elements(out.shapeOf(id));
      return node({ op: 'reshape', x: id, shape: [count, ...new Array<number>(count === 1 ? 0 : rank - 1).fill(1)] });
    };
    const times = (x: ValueId, rank: number): ValueId =>
      map.scale === 1 ? x : node({ op: 'mul', a: x, b: vector(map.scale, rank) });
    const zero = out.constant([channels], 'real', new Float64Array(channels), origin);
    const shifted = (bias: ValueId | null): ValueId | null => {
      if (bias === null && map.offset === 0) return null;
      const scaled = bias === null ? zero : times(bias, 1);
      return node({ op: 'affine', x: [scaled, vector(map.offset, 1)], c: [1, 1], d: 0 });
    };
    const bias = shifted(form.bias);
    return form.op === 'conv'
      ? node({ ...form, w: times(form.w, 4), bias })
      : node({ ...form, b: times(form.b, 2), bias });
  }

  run(): RealGraph {
    const { out, place } = this;
    this.graph.values.forEach((value, id) => {
      const { shape, numeric, origin } = value;
      if (value.kind === 'input') place.set(id, out.input(value.name, shape, numeric));
      else if (value.kind === 'constant') place.set(id, out.constant(shape, numeric, value.read, origin));
      else {
        const form = mapOperands(value.form, (operand) => place.get(operand)!);
        place.set(id, this.folded(value) ?? out.node(form, numeric, origin));
      }
    });
    const outputs = this.graph.outputs.map(({ name, value }) => ({ name, value: place.get(value)! }));
    return out.finish(outputs, this.graph.states);
  }
}

/** The same graph with scales and offsets of channels folded into the weights before them. */
export const foldChannels = (graph: RealGraph): RealGraph => new Folder(graph).run();
