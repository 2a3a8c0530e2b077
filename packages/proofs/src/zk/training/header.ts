/** The beginning of the file of a proof of training: its setting, and the roots that were committed to before. */
import { concatBytes, ok, type Result, sameBytes, sha256, utf8 } from '@surety/core';
import { malformed, u16, u32 } from '../file/bytes.ts';
import { ROOT_BYTES } from '../verify/opened.ts';
import type { TrainingSetting } from './setting.ts';
import type { Take } from './source.ts';

export type TrainingRoots = {
  readonly model: Uint8Array;
  readonly auditSet: Uint8Array;
  readonly batches: readonly Uint8Array[];
};

export type TrainingHeader = { readonly setting: TrainingSetting; readonly roots: TrainingRoots };

/** First bytes of the file. */
export const TRAINING_MAGIC = 'SRTYTRN1';

const MAGIC = utf8(TRAINING_MAGIC);
const NO_BOUND = 2 ** 32 - 1;
const MOST_WIDTHS = 8;

/** Numbers of a setting in the file: how many bytes each has. */
const FIELDS = [
  ['batch', 2],
  ['rateBits', 1],
  ['momentum32nds', 1],
  ['batches', 1],
  ['steps', 2],
  ['openings', 1],
  ['samples', 2],
  ['positive', 1],
  ['parityPpm', 4],
] as const;

type Field = (typeof FIELDS)[number][0];

const numbersOf = ({ shape, audit, ...setting }: TrainingSetting): Readonly<Record<Field, number>> => ({
  batch: shape.batch,
  rateBits: shape.rateBits,
  momentum32nds: shape.momentum32nds,
  batches: setting.batches,
  steps: setting.steps,
  openings: setting.openings,
  samples: audit.samples,
  positive: audit.positive,
  parityPpm: setting.parityPpm ?? NO_BOUND,
});

const fixed = (n: number, bytes: number): Uint8Array => u32(n).subarray(4 - bytes);

/** @param header of a setting that `planTraining` took */
export const encodeHeader = ({ setting, roots }: TrainingHeader): Uint8Array => {
  const numbers = numbersOf(setting);
  const { widths } = setting.shape;
  return concatBytes(
    MAGIC,
    Uint8Array.of(widths.length),
    ...widths.map(u16),
    ...FIELDS.map(([field, bytes]) => fixed(numbers[field], bytes)),
    roots.model,
    roots.auditSet,
    ...roots.batches,
  );
};

/** What names a run: everything that was settled before its first step. */
export const runId = (header: Uint8Array): Uint8Array => sha256(header);

const numberOf = (bytes: Uint8Array): number => bytes.reduce((n, byte) => n * 256 + byte, 0);

/** Problems: `proof.malformed`. Whether there is such a setting, `planTraining` says. */
export const decodeHeader = async (take: Take): Promise<Result<TrainingHeader>> => {
  const ended = malformed('file', 'The file ends before its first step.');
  const magic = await take(MAGIC.length);
  if (magic === null || !sameBytes(magic, MAGIC)) {
    return malformed('file', 'The file does not begin as a proof of training does.');
  }
  const count = (await take(1))?.[0] ?? 0;
  if (count < 2 || count > MOST_WIDTHS) return malformed('file.widths', `The file is of a model of ${count} widths.`);
  const widths = await take(2 * count);
  const bytes = await take(FIELDS.reduce((sum, [, length]) => sum + length, 0));
  if (widths === null || bytes === null) return ended;
  let at = 0;
  const read = FIELDS.map(([field, length]) => {
    at += length;
    return [field, numberOf(bytes.subarray(at - length, at))] as const;
  });
  const numbers = Object.fromEntries(read) as Record<Field, number>;
  const { batch, rateBits, momentum32nds, batches, steps, openings, samples, positive, parityPpm } = numbers;
  const roots = await take((2 + batches) * ROOT_BYTES);
  if (roots === null) return ended;
  const root = (i: number): Uint8Array => roots.slice(i * ROOT_BYTES, (i + 1) * ROOT_BYTES);
  const shape = {
    widths: Array.from({ length: count }, (_, i) => numberOf(widths.subarray(2 * i, 2 * i + 2))),
    batch,
    rateBits,
    momentum32nds,
  };
  return ok({
    setting: {
      shape,
      batches,
      steps,
      openings,
      audit: { samples, positive },
      parityPpm: parityPpm === NO_BOUND ? null : parityPpm,
    },
    roots: { model: root(0), auditSet: root(1), batches: Array.from({ length: batches }, (_, i) => root(2 + i)) },
  });
};
