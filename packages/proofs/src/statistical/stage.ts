/** What the stages of folded nodes make of their packed sums (spec 12.3): all elements, in one pass of the kernels. */
import {
  type CheckedProgram,
  DTYPE_BYTES,
  DTYPE_CODE,
  type Dtype,
  elements,
  halfOf,
  type Tensor,
  type Values,
} from '@surety/programs';
import { type Lanes, placeRecords, SLACK_BYTES, up } from './lanes.ts';
import type { Folded, Parts } from './parts.ts';
import type { PackedRecord } from './record.ts';

/** Values of the folded nodes of some records, in the kernels' memory until the next are staged. */
export type Staged = {
  /** Of each folded node: where the first record's value lies, and bytes from one to the next. */
  readonly places: readonly { readonly at: number; readonly size: number }[];
  /** Value of folded node `i` of a record, in place. */
  readonly value: (record: number, i: number) => Tensor;
  /** First byte behind all of them. */
  readonly end: number;
};

export type Stages = (records: readonly PackedRecord[]) => Staged;

/** A value in the kernels' memory. */
const viewOf = ({ bytes: { buffer } }: Lanes, dtype: Dtype, at: number, count: number): Values => {
  if (dtype === 'i8') return new Int8Array(buffer, at, count);
  return dtype === 'i16' ? new Int16Array(buffer, at, count) : new Int32Array(buffer, at, count);
};

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
  const counts = folded.map(({ type }) => elements(type.shape));
  return (records) => {
    const { at, stride, offsets, end: from } = placeRecords(lanes, records);
    const runs = records.length;
    let end = from;
    const places = folded.map(({ node }, i) => {
      const [first, size] = [end, counts[i]! * DTYPE_BYTES[program.nodes[node]!.dtype]];
      end = up(first + runs * size);
      return { at: first, size };
    });
    end += SLACK_BYTES;
    for (const [i, { node, bytes }] of folded.entries()) {
      const { stage, dtype } = program.nodes[node]!;
      const { low, high, shift } = stage!;
      const table = tables[i]!;
      lanes.reserve(end + (table?.byteLength ?? 0) + SLACK_BYTES);
      const of = [places[i]!.at, DTYPE_CODE[dtype], at + offsets[i]!, stride, bytes, runs] as const;
      if (table === null) {
        lanes.kernels.stageSums(...of, counts[i]!, shift as number, low, high);
        continue;
      }
      lanes.words.set(table, end / 4);
      const channels = folded[i]!.type.shape.at(-1)!;
      lanes.kernels.stageChannels(...of, counts[i]! / channels, channels, end, end + table.byteLength / 2, low, high);
    }
    const value = (record: number, i: number): Tensor => {
      const { node, type } = folded[i]!;
      const { dtype } = program.nodes[node]!;
      const { at: first, size } = places[i]!;
      return { dtype, shape: type.shape, values: viewOf(lanes, dtype, first + record * size, counts[i]!) };
    };
    return { places, value, end };
  };
};
