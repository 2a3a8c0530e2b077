/** Where the sides of a dispute differ: an element that an answer opened, and what the own run has there. */
import type { ClaimView, Dispute, Exchange } from '@surety/chain';
import { from0x, unwrap } from '@surety/core';
import { allocate, chunkSpan, DTYPE_BYTES, type TensorType, valueBytes } from '@surety/programs';
import { decodeQuestion, judge, NO_RECORD } from '@surety/proofs';
import { type OwnRun, runOfClaim } from '../watch/optimistic.ts';

type Hex = `0x${string}`;

/** One element of a node's value on which the sides differ. */
export type Differing = {
  readonly node: number;
  readonly step: number;
  readonly element: number;
  readonly claimed: number;
  readonly own: number;
};

type AtElement = Pick<Differing, 'element' | 'claimed' | 'own'>;

const bytes = (hex: Hex): Uint8Array => unwrap(from0x(hex));

const firstDiffering = (type: TensorType, chunk: number, claimed: Uint8Array, own: Uint8Array): AtElement | null => {
  const at = claimed.findIndex((byte, i) => byte !== own[i]);
  if (at < 0) return null;
  const width = DTYPE_BYTES[type.dtype];
  const within = Math.floor(at / width);
  const read = (from: Uint8Array): number => {
    const value = allocate(type.dtype, 1);
    valueBytes(value).set(from.subarray(within * width, (within + 1) * width));
    return value[0]!;
  };
  const element = chunkSpan(type, chunk).offset / width + within;
  return { element, claimed: read(claimed), own: read(own) };
};

/** Where an answer shows data of a node that the own run has otherwise; `null` where it shows none such. */
const differingIn = async (
  view: ClaimView,
  { question, answer, record }: Exchange,
  own: OwnRun,
): Promise<Differing | null> => {
  const read = decodeQuestion(bytes(question));
  if (!read.ok || answer === null || read.value.kind !== 'chunks' || read.value.place.of !== 'node') return null;
  const { step, index: node } = read.value.place;
  const mine = (await own.step(step))?.node(node) ?? null;
  if (mine === null || mine.type === null) return null;
  const { type } = mine;
  const shown = new Map<number, Uint8Array>();
  const nothing = (): void => undefined;
  judge(runOfClaim(view), bytes(question), record === null ? NO_RECORD : bytes(record), bytes(answer), {
    steps: nothing,
    step: nothing,
    list: nothing,
    hash: nothing,
    tensor: nothing,
    chunk: (_place, chunk, value) => {
      shown.set(chunk, value);
    },
  });
  for (const [chunk, claimed] of [...shown].sort(([a], [b]) => a - b)) {
    const right = mine.chunk(chunk);
    const found = right === null ? null : firstDiffering(type, chunk, claimed, right);
    if (found !== null) return { ...found, node, step };
  }
  return null;
};

/** The last element on which the sides of a dispute were shown to differ. */
export const differingOf = async (view: ClaimView, { exchanges }: Dispute, own: OwnRun): Promise<Differing | null> => {
  for (const exchange of exchanges.toReversed()) {
    const found = await differingIn(view, exchange, own);
    if (found !== null) return found;
  }
  return null;
};
