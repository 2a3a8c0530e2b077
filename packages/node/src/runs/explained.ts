/** The moves of a claim, read once for all that is asked about it. */
import type { ClaimView, Exchange } from '@surety/chain';
import {
  decodeQuestion,
  type ExplainedAnswer,
  explainAnswer,
  explainRefutation,
  NO_RECORD,
  type Run,
} from '@surety/proofs';
import type { RunAnswer, RunQuestion, RunRefutation, RunSpot } from '@surety/protocol';
import { runOfClaim } from '../watch/optimistic.ts';
import type { Differing } from './differing.ts';
import { type HeldHere, KnownProgram, type TensorPlace } from './known-program.ts';
import { wireAnswer, wirePlace, wireQuestion } from './questions.ts';

type Hex = `0x${string}`;

export type ReadExchange = { readonly question: RunQuestion; readonly answer: RunAnswer | null };

export type ReadDispute = {
  readonly exchanges: readonly ReadExchange[];
  readonly spot: RunSpot | null;
  /** What the last answer left behind, for the proof that builds on it. */
  readonly record: Uint8Array;
};

export type ReadClaim = {
  readonly program: KnownProgram;
  readonly shown: readonly ReadExchange[];
  /** In the order of the claim's disputes. */
  readonly disputes: readonly ReadDispute[];
};

const bytesOf = (hex: Hex): Uint8Array => new Uint8Array(Buffer.from(hex.slice(2), 'hex'));

type Heard = {
  readonly question: Uint8Array;
  readonly answer: Uint8Array | null;
  readonly told: ExplainedAnswer | null;
};

/** Listens to exchanges in order, each with the record that the one before left. */
const hear = (
  run: Run,
  exchanges: readonly Pick<Exchange, 'question' | 'answer'>[],
): { readonly heard: readonly Heard[]; readonly record: Uint8Array } => {
  let record = NO_RECORD;
  const heard = exchanges.map(({ question: asked, answer: given }): Heard => {
    const question = bytesOf(asked);
    const answer = given === null ? null : bytesOf(given);
    const told = answer === null ? null : explainAnswer(run, question, record, answer);
    record = told?.record ?? record;
    return { question, answer, told };
  });
  return { heard, record };
};

const placeOf = (bytes: Uint8Array): TensorPlace | null => {
  const read = decodeQuestion(bytes);
  if (!read.ok) return null;
  const question = read.value;
  switch (question.kind) {
    case 'partials':
      return { of: 'node', step: question.step, index: question.node };
    case 'refine':
      return { of: 'node', step: question.partials.step, index: question.partials.node };
    default:
      return question.place;
  }
};

const learnFrom = (program: KnownProgram, { question, told }: Heard): void => {
  const place = placeOf(question);
  if (place !== null && told !== null) program.learn(place, told);
};

/** The narrowest place that the questions have named: one tensor of it, and elements where they say so. */
const spotOf = (exchanges: readonly ReadExchange[]): RunSpot | null => {
  for (const { question, answer } of exchanges.toReversed()) {
    if (!('place' in question) || question.kind === 'part') continue;
    const { place } = question;
    const spot = { place, claimed: null, computed: null, computedBy: null };
    if (question.kind !== 'chunks') return { ...spot, elements: { first: question.element, last: question.element } };
    const opened = answer?.shows === 'values' ? answer.opened : null;
    if (opened === null) return { ...spot, elements: question.elements };
    const elements = { first: opened.first, last: opened.first + opened.count - 1 };
    return { ...spot, elements, claimed: opened.count === 1 ? opened.values[0]! : null };
  }
  return null;
};

/**
 * Reads all moves of a claim.
 * @param held gives the program of an id, where it is held here
 */
export const readClaimMoves = (view: ClaimView, held: (id: string) => HeldHere | null): ReadClaim => {
  const run = runOfClaim(view);
  const ahead = view.shown.map((each) => hear(run, [each]).heard[0]!);
  const disputes = view.disputes.map(({ exchanges }) => hear(run, exchanges));
  const all = [...ahead, ...disputes.flatMap(({ heard }) => heard)];
  const head = all.find(({ told }) => told !== null && told.head !== null)?.told?.head ?? null;
  const id = head === null ? run.program : head.program;
  const program = new KnownProgram(held(Buffer.from(id).toString('hex')));
  for (const each of all) learnFrom(program, each);
  const wire = ({ question, answer, told }: Heard): ReadExchange => ({
    question: wireQuestion(question, program),
    answer: told === null || answer === null ? null : wireAnswer(told, answer.length),
  });
  return {
    program,
    shown: ahead.map(wire),
    disputes: disputes.map(({ heard, record }) => {
      const exchanges = heard.map(wire);
      return { exchanges, spot: spotOf(exchanges), record };
    }),
  };
};

/** A dispute whose spot is the element on which this node's own run differs, if it is in the place that was asked about last. */
export const atDiffering = (read: ReadDispute, program: KnownProgram, differing: Differing | null): ReadDispute => {
  const { spot } = read;
  if (differing === null || spot?.place.of !== 'node') return read;
  const { node, step, element, claimed, own } = differing;
  if (spot.place.index !== node || spot.place.step !== step) return read;
  const place = wirePlace({ of: 'node', step, index: node }, program);
  const elements = { first: element, last: element };
  return { ...read, spot: { place, elements, claimed, computed: own, computedBy: 'own-run' } };
};

const UNREAD: RunRefutation = { kind: 'unread', place: null, element: null, claimed: null, computed: null };

/**
 * The proof that decided a claim.
 * @param record what the deciding dispute's last answer left behind
 */
export const readRefutation = (
  view: ClaimView,
  program: KnownProgram,
  record: Uint8Array,
  proof: Hex | null,
): RunRefutation => {
  const found = proof === null ? null : explainRefutation(runOfClaim(view), record, bytesOf(proof));
  if (found === null) return UNREAD;
  const { kind, about, node } = found;
  if (about === null) return { ...UNREAD, kind };
  const computed = about.computed === null ? null : Number(about.computed);
  if (node !== null && about.place.of === 'node')
    program.learn(about.place, { head: found.head, node, type: node.type });
  return {
    kind,
    place: wirePlace(about.place, program),
    element: about.element,
    claimed: about.claimed,
    computed: Number.isSafeInteger(computed) ? computed : null,
  };
};
