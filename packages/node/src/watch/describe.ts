/** Disputes in plain words: what is asked about, and where the program is held, what both sides say it is. */
import type { ClaimView, Dispute, Exchange } from '@surety/chain';
import { from0x, unwrap } from '@surety/core';
import { allocate, type CheckedProgram, chunkSpan, DTYPE_BYTES, type TensorType, valueBytes } from '@surety/programs';
import { decodeQuestion, judge, NO_RECORD, type Place, type Question } from '@surety/proofs';
import { type OwnRun, runOfClaim } from './optimistic.ts';

type Hex = `0x${string}`;

/** What a question is about. */
export type Subject = {
  /** In plain words. */
  readonly words: string;
  /** Number of the node, where it is about one. */
  readonly node: number | null;
  /** Its operator, where the program is held. */
  readonly operator: string | null;
  readonly step: number | null;
  /** Of the node's value, where a single one is asked about. */
  readonly element: number | null;
};

const bytes = (hex: Hex): Uint8Array => unwrap(from0x(hex));

const layer = (
  node: number,
  program: CheckedProgram | null,
): { readonly name: string; readonly operator: string | null } => {
  const operator = program?.nodes[node]?.form.op ?? null;
  return { name: `node ${node}${operator === null ? '' : ` (${operator})`}`, operator };
};

const placeWords = (place: Place, name: string): string => {
  switch (place.of) {
    case 'node':
      return name;
    case 'step-input':
      return `input ${place.index} of the step`;
    case 'input':
      return `input ${place.index}`;
    case 'output':
      return `output ${place.index}`;
  }
};

const atNode = (place: Place | { readonly of: 'steps' }): number | null => (place.of === 'node' ? place.index : null);

const wordsOf = (question: Question, name: string): string => {
  switch (question.kind) {
    case 'part':
      if (question.place.of === 'steps') return 'which step is the first that differs';
      if (question.place.of === 'node') return 'which node is the first whose value differs';
      return `which ${question.place.of === 'output' ? 'output' : 'input'} differs`;
    case 'chunk-part':
      return `where ${placeWords(question.place, name)} differs`;
    case 'data': {
      const { chunk, count } = question;
      return `the values of ${placeWords(question.place, name)}, ${count === 1 ? `chunk ${chunk}` : `chunks ${chunk} to ${chunk + count - 1}`}`;
    }
    case 'partials':
      return `how element ${question.element} of ${name} was summed up`;
    case 'refine':
      return `how a part of the sum of element ${question.partials.element} of ${name} came about`;
  }
};

/** @param program the program that the claim names, where it is held */
export const subjectOf = (asked: Hex, program: CheckedProgram | null): Subject => {
  const read = decodeQuestion(bytes(asked));
  if (!read.ok) return { words: 'nothing that can be read', node: null, operator: null, step: null, element: null };
  const question = read.value;
  const inSum = question.kind === 'partials' ? question : question.kind === 'refine' ? question.partials : null;
  const place = 'place' in question ? question.place : null;
  // Hashes of all values are about no node yet.
  const node = inSum?.node ?? (place === null || question.kind === 'part' ? null : atNode(place));
  const { name, operator } = layer(node ?? 0, program);
  const step = inSum?.step ?? (place !== null && 'step' in place ? place.step : null);
  return {
    words: wordsOf(question, name),
    node,
    operator: node === null ? null : operator,
    step,
    element: inSum?.element ?? null,
  };
};

/** One element of a node's value on which the sides differ. */
export type Differing = { readonly element: number; readonly claimed: number; readonly own: number };

const firstDiffering = (type: TensorType, chunk: number, claimed: Uint8Array, own: Uint8Array): Differing | null => {
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
export const differingIn = async (
  view: ClaimView,
  { question, answer, record }: Exchange,
  own: OwnRun,
): Promise<(Differing & { readonly node: number; readonly step: number }) | null> => {
  const read = decodeQuestion(bytes(question));
  if (!read.ok || answer === null || read.value.kind !== 'data' || read.value.place.of !== 'node') return null;
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
export const differingOf = async (view: ClaimView, { exchanges }: Dispute, own: OwnRun) => {
  for (const exchange of exchanges.toReversed()) {
    const found = await differingIn(view, exchange, own);
    if (found !== null) return found;
  }
  return null;
};
