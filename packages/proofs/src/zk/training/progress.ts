/** How far the file of a proof of training is, for whoever goes on with it. */
import { ok, type Result } from '@surety/core';
import { decodeHeader, encodeHeader, type TrainingRoots } from './header.ts';
import { readRecord, recordsOf } from './records.ts';
import { planTraining, type Training } from './setting.ts';
import { type ByteSource, readerOf } from './source.ts';

export type TrainingProgress = {
  readonly training: Training;
  readonly roots: TrainingRoots;
  readonly header: Uint8Array;
  /** Whole records behind the header. */
  readonly records: number;
  /** Bytes up to the end of the last whole one: what is behind was not finished. */
  readonly bytes: number;
  /** Root of the last state that is in the file; null of one without a step. */
  readonly state: Uint8Array | null;
};

/**
 * Reads a file up to where it ends, in whatever record that is; checks no proof.
 * Problems: `proof.malformed`, `proof.unsupported` and those of the programs.
 */
export const trainingProgress = async (source: ByteSource): Promise<Result<TrainingProgress>> => {
  const reader = readerOf(source);
  try {
    const decoded = await decodeHeader(reader.take);
    if (!decoded.ok) return decoded;
    const planned = await planTraining(decoded.value.setting);
    if (!planned.ok) return planned;
    const training = planned.value;
    let [records, bytes] = [0, reader.taken()];
    let state: Uint8Array | null = null;
    while (records < recordsOf(training)) {
      const read = await readRecord(training, records, reader.take);
      if (!read.ok) return read;
      if (read.value === null) break;
      [records, bytes, state] = [records + 1, reader.taken(), read.value.state ?? state];
    }
    const { roots } = decoded.value;
    return ok({ training, roots, header: encodeHeader(decoded.value), records, bytes, state });
  } finally {
    await reader.close();
  }
};
