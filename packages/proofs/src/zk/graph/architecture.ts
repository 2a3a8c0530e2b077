/**
 * What a verifier of a private program holds: everything but the values of its hidden constants, the root that they are
 * committed to by, and what shows that they are of their types. It is public.
 */
import { concatBytes, ok, type Result, sameBytes, sha256, utf8 } from '@surety/core';
import {
  allocate,
  type CheckedProgram,
  type Constant,
  checkProgram,
  DTYPE_BYTES,
  DTYPE_RANGE,
  decodeHeader,
  decodeNode,
  elements,
  encodeHeader,
  encodeNode,
  type Interval,
  LIMITS,
  type Node,
  valueBytes,
} from '@surety/programs';
import { Cursor, i32, joined, malformed, u16, u32 } from '../file/bytes.ts';
import { graphWith, hiddenConstants, MOST_PROOFS } from './from-program.ts';
import type { ProofGraph } from './graph.ts';

export type Architecture = {
  readonly kind: 'private';
  readonly graph: ProofGraph;
  /** Its id: of all but the root and what is shown of that. */
  readonly id: Uint8Array;
  /** Root of the commitment to the hidden constants: with the id, the identity of the private program. */
  readonly weights: Uint8Array;
  /** How many proofs that commitment hides the constants in; 0 where it binds but does not hide. */
  readonly proofs: number;
  /** Shows that the hidden constants are integers of their types (constants/range.ts); nothing does where it is not there. */
  readonly range?: Uint8Array;
};

const MAGIC = utf8('SRTYARC1');
const DOMAIN = utf8('surety:architecture:v1\0');
const WHAT = 'architecture';
const ROOT_BYTES = 32;
/** What a commitment holds in the memory of 32 bits, at twenty bytes a value. */
const MOST_HIDDEN = 2 ** 32 / 20;

/** Header, nodes, what is declared of their quotients, and the values of public constants. */
const publicPart = (graph: ProofGraph): Uint8Array => {
  const { inputs, constants, nodes, outputs, types, quotients, hidden } = graph;
  const first = inputs.length + constants.length;
  const header = encodeHeader({ inputs, constants, nodes, outputs, states: [] });
  const encoded = nodes.map((node, i) => encodeNode(node, types[first + i]!.shape));
  const open = constants.filter((_, i) => !hidden.has(inputs.length + i));
  return joined([
    u32(header.length),
    header,
    u32(nodes.length),
    ...encoded.flatMap((bytes) => [u16(bytes.length), bytes]),
    ...quotients.slice(first).flatMap((range) => (range === null ? [] : [i32(range.low), i32(range.high)])),
    ...open.map(({ read }) => valueBytes(read())),
  ]);
};

export const architectureId = (graph: ProofGraph, proofs: number): Uint8Array =>
  sha256(concatBytes(DOMAIN, u32(proofs), publicPart(graph)));

/** The one encoding of an architecture. */
export const encodeArchitecture = ({ graph, weights, proofs, range }: Architecture): Uint8Array =>
  concatBytes(MAGIC, u32(proofs), publicPart(graph), weights, range ?? new Uint8Array());

/** A hidden constant as the check of a program may read it: its values decide nothing that a proof relies on. */
const unread = ({ dtype, shape }: Pick<Constant, 'dtype' | 'shape'>): Constant => ({
  dtype,
  shape,
  read: () => allocate(dtype, elements(shape)),
});

type Parts = {
  readonly program: CheckedProgram;
  readonly quotients: ProofGraph['quotients'];
};

const readNodes = (cursor: Cursor): Result<readonly Node[]> => {
  const count = cursor.number(4);
  if (count === null || count > LIMITS.values) return malformed(WHAT, 'The architecture has no number of nodes.');
  const nodes: Node[] = [];
  for (let i = 0; i < count; i++) {
    const length = cursor.number(2);
    const bytes = length === null ? null : cursor.take(length);
    if (bytes === null) return malformed(WHAT, 'The architecture ends within its nodes.');
    const node = decodeNode(bytes, i);
    if (!node.ok) return node;
    nodes.push(node.value);
  }
  return ok(nodes);
};

const readRange = (cursor: Cursor): Interval | undefined => {
  const [low, high] = [cursor.number(4), cursor.number(4)];
  if (low === null || high === null) return undefined;
  const range = { low: low | 0, high: high | 0 };
  const { i32: limit } = DTYPE_RANGE;
  return range.low >= limit.low - 1 && range.low <= range.high && range.high <= limit.high + 1 ? range : undefined;
};

const readParts = (cursor: Cursor, proofs: number): Result<Parts> => {
  const length = cursor.number(4);
  const bytes = length === null ? null : cursor.take(length);
  if (bytes === null) return malformed(WHAT, 'The architecture ends within its header.');
  const header = decodeHeader(bytes);
  if (!header.ok) return header;
  const nodes = readNodes(cursor);
  if (!nodes.ok) return nodes;
  const { inputs, constants, outputs } = header.value;
  const quotients: (Interval | null)[] = new Array(inputs.length + constants.length).fill(null);
  for (const { stage } of nodes.value) {
    const range = stage === null ? null : readRange(cursor);
    if (range === undefined) return malformed(WHAT, 'The architecture declares what is no range of quotients.');
    quotients.push(range);
  }
  const unreadProgram = { ...header.value, constants: constants.map(unread), nodes: nodes.value };
  const hidden = hiddenConstants(unreadProgram, proofs);
  const unseen = [...hidden].reduce((sum, id) => sum + elements(constants[id - inputs.length]!.shape), 0);
  if (unseen > MOST_HIDDEN) {
    return malformed(WHAT, `The architecture hides ${unseen} values, more than ${MOST_HIDDEN}.`);
  }
  const read: Constant[] = [];
  for (const [i, constant] of constants.entries()) {
    if (hidden.has(inputs.length + i)) {
      read.push(unread(constant));
      continue;
    }
    const { dtype, shape } = constant;
    const own = cursor.take(elements(shape) * DTYPE_BYTES[dtype]);
    if (own === null) return malformed(WHAT, 'The architecture ends within its constants.');
    const values = allocate(dtype, elements(shape));
    valueBytes(values).set(own);
    read.push({ dtype, shape, read: () => values });
  }
  const program = checkProgram({ inputs, outputs, states: [], constants: read, nodes: nodes.value });
  if (!program.ok) return program;
  return ok({ program: program.value, quotients });
};

/**
 * The architecture of bytes: `proof.malformed`, or what {@link checkProgram} refuses of it. That what it declares fits the
 * hidden values need not be believed: what does not fit cannot be proved.
 */
export const decodeArchitecture = (bytes: Uint8Array): Result<Architecture> => {
  const cursor = new Cursor(bytes);
  const magic = cursor.take(MAGIC.length);
  if (magic === null || !sameBytes(magic, MAGIC)) {
    return malformed(WHAT, 'The file does not begin as an architecture does.');
  }
  const proofs = cursor.number(4);
  if (proofs === null || proofs > MOST_PROOFS) {
    return malformed(WHAT, `The architecture allows no number of proofs up to ${MOST_PROOFS}.`);
  }
  const parts = readParts(cursor, proofs);
  if (!parts.ok) return parts;
  const weights = cursor.take(ROOT_BYTES);
  if (weights === null) return malformed(WHAT, 'The architecture has no root.');
  const range = cursor.rest();
  const { program, quotients } = parts.value;
  const graph = graphWith(program, quotients, hiddenConstants(program, proofs));
  // What it declares would be believed of a program that anybody can check.
  if (![...graph.hidden].some((id) => graph.needed[id])) return malformed(WHAT, 'The architecture hides no constant.');
  const named: Architecture = { kind: 'private', graph, id: architectureId(graph, proofs), weights, proofs };
  const read: Architecture = range.length === 0 ? named : { ...named, range };
  // Whatever was read leniently above shows here.
  return sameBytes(encodeArchitecture(read), bytes)
    ? ok(read)
    : malformed(WHAT, 'The architecture is encoded otherwise.');
};
