/** What the stages of folded nodes make of their packed sums (spec 12.3): all elements, in one pass of the kernels. */
import {
  allocate,
  type CheckedProgram,
  DTYPE_BYTES,
  DTYPE_CODE,
  elements,
  halfOf,
  type Tensor,
} from '@surety/programs';
import { type Lanes, placeRecords, SLACK_BYTES, up } from './lanes.ts';
import type { Folded, Parts } from './parts.ts';
import type { PackedRecord } from './record.ts';

/** Values of all folded nodes of each record. */
export type Stages = (records: readonly PackedRecord[]) => readonly (readonly Tensor[])[];

/** Of each channel half a unit, then 2^(30 − shift), each up to a multiple of eight channels; null where all shift alike. */
const channelTable = (program: CheckedProgram, { node, type }: Folded): Uint32Array | null => {
  const { shift } = program.nodes[node]!.stage!;
  if (typeof shift === 'number') return null;
  const shifts = program.constants[shift.constant - program.inputs.length]!.read();
  const places = Math.ceil(type.shape.at(-1)! / 8) * 8;
  const table = new Uint32Array(2 * places);
  for (const [n, by] of shifts.entries()) {
    table[n] = halfOf(by);
    table[places + n] = 2 ** (30 - by);
  }
  return table;
};

export const createStages = ({ program, folded }: Parts, lanes: Lanes): Stages => {
  const tables = folded.map((node) => channelTable(program, node));
  return (records) => {
    const staged = records.map((): Tensor[] => []);
    const { at, stride, offsets, end } = placeRecords(lanes, records);
    const runs = records.length;
    for (const [i, { node, id, bytes }] of folded.entries()) {
      const { stage, dtype } = program.nodes[node]!;
      const { low, high, shift } = stage!;
      const { shape } = program.types[id]!;
      const [count, table] = [elements(shape), tables[i]!];
      const size = count * DTYPE_BYTES[dtype];
      const out = up(end + (table?.byteLength ?? 0));
      lanes.reserve(out + runs * size + SLACK_BYTES);
      const of = [out, DTYPE_CODE[dtype], at + offsets[i]!, stride, bytes, runs] as const;
      if (table === null) lanes.kernels.stageSums(...of, count, shift as number, low, high);
      else {
        lanes.words.set(table, end / 4);
        const channels = shape.at(-1)!;
        lanes.kernels.stageChannels(...of, count / channels, channels, end, end + table.byteLength / 2, low, high);
      }
      const all = allocate(dtype, runs * count);
      new Uint8Array(all.buffer).set(lanes.bytes.subarray(out, out + runs * size));
      for (const [run, own] of staged.entries()) {
        own.push({ dtype, shape, values: all.subarray(run * count, (run + 1) * count) });
      }
    }
    return staged;
  };
};
