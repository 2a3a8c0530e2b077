/** Claims about runs on the wire (spec 14): bond, window and disputes as a node reads them from its chain. */
import { PROPERTIES } from '@surety/core';
import * as z from 'zod';
import {
  address,
  chainId,
  count,
  id,
  label,
  microUsd,
  ppm,
  seconds,
  sentence,
  sentences,
  unixSeconds,
} from './scalars.ts';
import type { Wire } from './wire.ts';

const transaction = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'Hash of a transaction: 32 bytes as lower-case hex without 0x.' });

const wei = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,38})$/)
  .meta({ description: 'Native currency of the chain in its smallest unit, as a decimal string.' });

const number = z
  .int()
  .min(1)
  .max(0xffff_ffff)
  .meta({ description: 'The number of a dispute of its claim: 1, 2, 3, …' });

/** A value of a tensor, or what it would have to be. */
const integer = z.int();

/** Questions of one dispute are 32 at most, each with its answer. */
const MOST_MOVES = 64;

export const runState = z.enum(['open', 'final', 'void', 'annulled']);
export type RunState = z.infer<typeof runState>;

/**
 * Something that a claim commits to. `index` is the node, the input or the output; `null` for the whole list of them.
 * `operator`, `dtype` and `shape` are `null` where neither an answer nor a program that this node holds says them.
 */
export const runPlace = z.strictObject({
  of: z.enum(['node', 'step-input', 'input', 'output', 'steps']),
  /** From 0; `null` for what belongs to the claim as a whole. */
  step: count.nullable(),
  index: count.nullable(),
  operator: label.nullable(),
  dtype: label.nullable(),
  shape: z.array(count).max(8).nullable(),
});
export type RunPlace = Wire<typeof runPlace>;

/** Elements in row order, from 0; the last one included. */
const elements = z.strictObject({ first: count, last: count });

/** Leaves of a tree whose hashes are asked for, and how many of them one hash stands for. */
const blocks = { leaves: elements, perHash: z.int().min(1) };

/** A question of spec 15.2 or 20.8 in parts. `unread`: not formed as the route has it, or of a route that this node cannot read. */
export const runQuestion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('part'), place: runPlace, ...blocks }),
  z.strictObject({
    kind: z.literal('chunks'),
    place: runPlace,
    /** Chunks, and how many of them a block has. */
    ...blocks,
    /** Whether one block is asked for of which the hash is another than the challenger says; all of them otherwise. */
    differing: z.boolean(),
    elements: elements.nullable(),
  }),
  z.strictObject({ kind: z.literal('partials'), place: runPlace, element: count, segments: count, per: count }),
  z.strictObject({ kind: z.literal('refine'), place: runPlace, element: count, part: count, per: count }),
  /** Of a proof by steps: chunks of its data, hashes of records, all that one step reads and writes. */
  z.strictObject({ kind: z.literal('data'), chunks: elements }),
  z.strictObject({ kind: z.literal('records'), ...blocks }),
  z.strictObject({ kind: z.literal('step'), step: count }),
  /** Of a proof that the contract checks whole: it answers any bytes. */
  z.strictObject({ kind: z.literal('proof') }),
  z.strictObject({ kind: z.literal('unread') }),
]);
export type RunQuestion = Wire<typeof runQuestion>;

/** Numbers that an answer opened: the first ones of `count`, which begin at `first`. */
const opened = z.strictObject({ first: count, count, values: z.array(integer).max(64) });

/** What an answer shows: hashes, values of a tensor, accumulators of a long sum, that there is no such place; or parts of a proof. */
export const runAnswer = z.strictObject({
  bytes: count,
  shows: z.enum(['hashes', 'values', 'accumulators', 'nothing-there', 'data', 'records', 'step', 'proof', 'unread']),
  opened: opened.nullable(),
});
export type RunAnswer = Wire<typeof runAnswer>;

/** A proof of spec 15.3 that decided a claim. Values are `null` where the proof is not about one element. */
export const runRefutation = z.strictObject({
  kind: z.enum(['element', 'partial', 'end', 'output', 'stacked', 'link', 'slice', 'input', 'unread']),
  place: runPlace.nullable(),
  element: count.nullable(),
  claimed: integer.nullable(),
  /** What the operands give, as the route computes it. */
  computed: integer.nullable(),
});
export type RunRefutation = Wire<typeof runRefutation>;

const moveFields = { by: address, at: unixSeconds, transaction };

/** A move of a dispute. After `asked` the provider has to move, after `answered` the challenger. */
export const runMove = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('asked'), ...moveFields, question: runQuestion, prepaidWei: wei }),
  z.strictObject({ kind: z.literal('answered'), ...moveFields, answer: runAnswer }),
]);
export type RunMove = Wire<typeof runMove>;

/** Whose move it is, until when, and what happens then: in the chain's own time. */
const turn = z.strictObject({
  side: z.enum(['provider', 'challenger']),
  before: unixSeconds,
  /** What is left of the other side's clock. */
  otherSeconds: seconds,
});

/** Which layer and which output a dispute has come down to, as far as its moves say. */
export const runSpot = z.strictObject({
  place: runPlace,
  elements: elements.nullable(),
  /** Values of both sides, where there is one element and they are known. */
  claimed: integer.nullable(),
  computed: integer.nullable(),
  /** Whether the chain has seen `computed` come out of opened operands, or this node's own run says it. */
  computedBy: z.enum(['route', 'own-run']).nullable(),
});
export type RunSpot = Wire<typeof runSpot>;

export const runDispute = z.strictObject({
  number,
  challenger: address,
  openedAt: unixSeconds,
  /** `null` once it is closed. */
  turn: turn.nullable(),
  stakeMicroUsd: microUsd,
  /** For the answer that is owed. */
  prepaidWei: wei,
  spot: runSpot.nullable(),
  moves: z.array(runMove).max(MOST_MOVES),
  closed: z
    .strictObject({
      how: z.enum(['conceded', 'challenger-clock', 'provider-clock', 'refuted', 'settled']),
      stakeTo: address,
      at: unixSeconds,
      transaction,
    })
    .nullable(),
});
export type RunDispute = Wire<typeof runDispute>;

const endFields = { at: unixSeconds, transaction, by: address };

/** How a claim was decided. */
export const runEnd = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('final'), ...endFields, proved: z.boolean() }),
  z.strictObject({
    kind: z.literal('void'),
    ...endFields,
    /** The dispute that decided it; `null` for a refutation that needed none. */
    dispute: number.nullable(),
    /** `null` where the provider's clock ran out. */
    refutation: runRefutation.nullable(),
    rewarded: address,
    rewardMicroUsd: microUsd,
    burntMicroUsd: microUsd,
  }),
  z.strictObject({ kind: z.literal('annulled'), ...endFields }),
]);
export type RunEnd = Wire<typeof runEnd>;

/** What a claim is about. `name` is that of a published model or of a program held here; ids are those of spec 12.7. */
const program = z.strictObject({
  id,
  name: label.nullable(),
  held: z.boolean(),
  /** How often it is run, one output fed to the next; `null` where nothing says so. */
  steps: count.nullable(),
  nodes: count.nullable(),
});

/**
 * `tensor`: disputes are about elements of layers. `proof`: the contract checks a proof. `proof-steps`: it carries out the step of a
 * proof's verifier that is disputed. `other`: a route that this node cannot read.
 */
export const runRouteKind = z.enum(['tensor', 'proof', 'proof-steps', 'other']);
export type RunRouteKind = z.infer<typeof runRouteKind>;

const summaryFields = {
  claimId: id,
  program,
  provider: address,
  requester: address,
  route: z.strictObject({ verifier: address, kind: runRouteKind }),
  priceMicroUsd: microUsd,
  bondMicroUsd: microUsd,
  madeAt: unixSeconds,
  /** The last moment at which a dispute may begin. */
  windowEndsAt: unixSeconds,
  state: runState,
  /** The side that has to move soonest; `null` where no dispute is open. */
  turn: z.strictObject({ side: z.enum(['provider', 'challenger']), before: unixSeconds }).nullable(),
  disputes: count,
  openDisputes: count,
  /** That of the newest dispute which says. */
  spot: runSpot.nullable(),
  proved: z.boolean(),
  /** Void because the provider did not answer. */
  byClock: z.boolean(),
  /** Whether silence is not enough: it becomes final only by a proof within the window, and is annulled without one. */
  proofRequired: z.boolean(),
  /** Annulled because the result is outside of what was agreed, not because a proof was missing. */
  doubted: z.boolean(),
};

export const runSummary = z.strictObject(summaryFields);
export type RunSummary = Wire<typeof runSummary>;

/** The chain as this node sees it. Deadlines count in its time, which stands still between two blocks. */
export const runChain = z.strictObject({
  chainId,
  arbiter: address,
  block: count,
  /** What the next block's time will be at least, so far as this node can tell. */
  now: unixSeconds,
});
export type RunChain = Wire<typeof runChain>;

export const runs = z.strictObject({
  environment: z.enum(['development', 'production']),
  chain: runChain,
  runs: z.array(runSummary),
  next: z.string().nullable(),
});
export type Runs = Wire<typeof runs>;

const finding = z.strictObject({
  link: z.literal('program'),
  source: z.string(),
  holds: z.enum(['shown', 'refuted', 'not-shown']),
  summary: sentence,
  proves: z.array(z.strictObject({ property: z.enum(PROPERTIES), of: sentence })),
  assumes: sentences,
  doesNotProve: z.tuple([sentence], sentence),
  freshAt: unixSeconds.nullable(),
});

export const run = z.strictObject({
  environment: z.enum(['development', 'production']),
  chain: runChain,
  ...summaryFields,
  transaction,
  input: id,
  output: id,
  trace: id,
  windowSeconds: seconds,
  /** What each side of one dispute has for all its moves. */
  clockSeconds: seconds,
  callback: address.nullable(),
  /** Answers that the provider gave in advance, to nobody. */
  shown: z.array(z.strictObject({ question: runQuestion, answer: runAnswer })).max(8),
  cover: z.strictObject({
    reservedMicroUsd: microUsd,
    /** What can still be reserved, were it open and undisputed. */
    leftMicroUsd: microUsd,
    premiumPpm: ppm,
  }),
  /** Where the bond goes if the claim is void, or went. What rounding leaves is burnt. */
  split: z.strictObject({ coverMicroUsd: microUsd, rewardMicroUsd: microUsd, burntMicroUsd: microUsd }),
  /** What a challenger stakes. */
  stakeMicroUsd: microUsd,
  disputed: z.array(runDispute),
  end: runEnd.nullable(),
  /** What the claim shows of the run as it stands now, recomputed from the chain. */
  finding,
});
export type Run = Wire<typeof run>;
