/** Resize and Upsample: along each axis in turn, a constant matrix, or a choice of elements where nearest ones are taken. */
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import { listed, range, type Val } from './ops.ts';

/** How one axis is resized. */
type Axis = {
  readonly size: number;
  readonly out: number;
  readonly scale: number;
  readonly roi: readonly [number, number];
};

/** Where position `x` of the result lies in the source; `null` outside of it, where an extrapolation value counts. */
const source = (call: Call, mode: string, { size, out, scale, roi }: Axis, x: number): number | null => {
  const width = scale * size;
  switch (mode) {
    case 'asymmetric':
      return x / scale;
    case 'align_corners':
      return width === 1 ? 0 : (x * (size - 1)) / (width - 1);
    case 'half_pixel':
      return (x + 0.5) / scale - 0.5;
    case 'pytorch_half_pixel':
      return width === 1 ? -0.5 : (x + 0.5) / scale - 0.5;
    case 'half_pixel_symmetric':
      return (size / 2) * (1 - out / width) + (x + 0.5) / scale - 0.5;
    case 'tf_half_pixel_for_nn':
      return (x + 0.5) / scale;
    case 'tf_crop_and_resize': {
      const span = (roi[1] - roi[0]) * (size - 1);
      const at = roi[0] * (size - 1) + (width === 1 ? span / 2 : (x * span) / (width - 1));
      return at < 0 || at > size - 1 ? null : at;
    }
    default:
      throw call.refuse(`there is no coordinate mode ${mode}.`, 'Use one of ONNX.', mode);
  }
};

const cubic = (x: number, a: number): number => {
  const d = Math.abs(x);
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
};

/** Weights of neighbouring elements, of which the first lies `first` from the one before the position. */
const weightsAt = (
  call: Call,
  ratio: number,
  scale: number,
): { readonly first: number; readonly weights: number[] } => {
  const mode = call.text('mode', 'nearest');
  const reach = call.flag('antialias') ? Math.min(scale, 1) : 1;
  const radius = mode === 'cubic' ? 2 : 1;
  const first = Math.floor(-radius / reach) + 1;
  const a = call.float('cubic_coeff_a', -0.75);
  const kernel =
    mode === 'cubic' ? (d: number) => cubic(d, a) : (d: number) => Math.min(Math.max(1 - Math.abs(d), 0), 1);
  if (mode !== 'cubic' && mode !== 'linear')
    throw call.refuse(`there is no mode ${mode}.`, 'Use nearest, linear or cubic.', mode);
  const weights = range(2 - 2 * first).map((i) => kernel((first + i - ratio) * reach));
  const total = call.flag('antialias') ? weights.reduce((sum, w) => sum + w, 0) : 1;
  return { first, weights: weights.map((w) => w / total) };
};

/** The element that is nearest to a position. */
const nearestTo = (call: Call, at: number, size: number): number => {
  const down = Math.floor(at);
  const rest = at - down;
  const modes: Readonly<Record<string, boolean>> = {
    round_prefer_floor: rest > 0.5,
    round_prefer_ceil: rest >= 0.5,
    floor: false,
    ceil: rest > 0,
  };
  // Before operator set 11 there was no such attribute, and positions were rounded down.
  const up = modes[call.text('nearest_mode', call.opset < 11 ? 'floor' : 'round_prefer_floor')];
  if (up === undefined) throw malformed(call.where, `${call.where}: there is no such nearest_mode.`);
  return Math.min(Math.max(up ? down + 1 : down, 0), size - 1);
};

const resizeAxis = (call: Call, x: Val, axis: number, plan: Axis): Val => {
  const { g } = call;
  const mode = call.text('coordinate_transformation_mode', call.opset < 11 ? 'asymmetric' : 'half_pixel');
  const places = range(plan.out).map((i) => source(call, mode, plan, i));
  const outside = places.map((at) => (at === null ? 1 : 0));
  const { size } = plan;
  let y: Val;
  if (call.text('mode', 'nearest') === 'nearest') {
    const picked = places.map((at) => (at === null ? 0 : nearestTo(call, at, size)));
    if (picked.length === size && picked.every((from, i) => from === i) && !outside.includes(1)) return x;
    y = g.pickAxis(x, axis, picked);
    if (outside.includes(1)) {
      const shape = g.shape(y).map((_, i) => (i === axis ? plan.out : 1));
      y = g.mul(
        y,
        g.constant(
          shape,
          outside.map((gone) => 1 - gone),
          x.type,
        ),
      );
    }
  } else {
    const matrix = new Array<number>(listed(plan.out * size)).fill(0);
    places.forEach((at, row) => {
      if (at === null) return;
      // A whole position counts as lying at the end of the step before it.
      const before = Math.ceil(at) - 1;
      const { first, weights } = weightsAt(call, at - before, plan.scale);
      const inside = weights.map((_, i) => before + first + i >= 0 && before + first + i < size);
      const excluded = call.flag('exclude_outside');
      const total = excluded ? weights.reduce((sum, w, i) => sum + (inside[i] ? w : 0), 0) : 1;
      weights.forEach((weight, i) => {
        if (excluded && !inside[i]) return;
        const column = Math.min(Math.max(before + first + i, 0), size - 1);
        matrix[row * size + column]! += weight / total;
      });
    });
    const identity = plan.out === size && matrix.every((w, i) => w === (i % (size + 1) === 0 ? 1 : 0));
    if (identity) return x;
    y = g.alongAxis(x, axis, plan.out, matrix);
  }
  if (!outside.includes(1)) return y;
  const value = call.float('extrapolation_value', 0);
  const shape = g.shape(y).map((_, i) => (i === axis ? plan.out : 1));
  return g.add(
    y,
    g.constant(
      shape,
      outside.map((gone) => gone * value),
      x.type,
    ),
  );
};

const plans = (call: Call): Map<number, Axis> => {
  const shape = call.shape(0);
  const old = call.operator === 'Upsample' || call.opset < 11;
  const axes = (call.ints('axes') ?? range(shape.length)).map((axis) => call.axis(axis, shape.length));
  const list = (operand: number): readonly number[] => (call.has(operand) ? call.constant(operand) : []);
  const scales = old ? (call.floats('scales') ?? list(1)) : list(2);
  const sizes = old ? [] : list(3);
  const roi = old ? [] : list(1);
  const policy = call.text('keep_aspect_ratio_policy', 'stretch');
  const ratios = axes.map((axis, i) => (sizes[i] ?? 0) / shape[axis]!);
  const shared = policy === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
  const result = new Map<number, Axis>();
  axes.forEach((axis, i) => {
    const size = shape[axis]!;
    const stretched = policy === 'stretch' ? ratios[i]! : shared;
    const scale = sizes.length === 0 ? (scales[i] ?? Number.NaN) : stretched;
    const out =
      sizes.length === 0 ? Math.floor(scale * size) : policy === 'stretch' ? sizes[i]! : Math.floor(scale * size + 0.5);
    if (!(scale > 0 && out >= 1 && out < 2 ** 28))
      throw malformed(call.where, `${call.where}: axis ${axis} is scaled by ${scale}.`, scale);
    const part = [roi[i] ?? 0, roi[axes.length + i] ?? 1] as const;
    result.set(axis, { size, out, scale, roi: part });
  });
  return result;
};

const resize: Lowering = (call) => {
  let x = call.x(0);
  for (const [axis, plan] of plans(call)) x = resizeAxis(call, x, axis, plan);
  return x;
};

export const RESIZE: Readonly<Record<string, Lowering>> = { Resize: resize, Upsample: resize };
