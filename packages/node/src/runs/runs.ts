/** Claims about runs, read from the chain when they are asked for; what one block said is read once. */
import {
  type Book,
  type Chain,
  type ClaimBook,
  type ClaimView,
  type Contracts,
  createClaimBook,
  type DeployedTerms,
  type DisputeStatus,
  firstBlockOfInterest,
  readClaim,
  readDispute,
  readSent,
  readTerms,
  type Sent,
} from '@surety/chain';
import { ok, type Result, refuse } from '@surety/core';
import { NO_RECORD } from '@surety/proofs';
import type { ClaimHides } from '@surety/proofs/zk';
import type { RouteInput, Run, RunRefutation, Runs as WireRuns } from '@surety/protocol';
import { atDiffering, type ReadClaim, type ReadDispute, readClaimMoves, readRefutation } from './explained.ts';
import type { HeldHere } from './known-program.ts';
import { markOf } from './mark.ts';
import type { OwnRuns } from './own-run.ts';
import { readProofMoves } from './proof-moves.ts';
import { Recent, shared } from './recent.ts';
import { type KnownRoutes, routeKindOf } from './route-kind.ts';
import { type ClaimFacts, idOf, type Local, runOf, summaryOf } from './view.ts';

type Hex = `0x${string}`;

const PAGE = 50;
const KEEP_BLOCKS = 50_000;
/** Claims whose moves are kept as read, and transactions. */
const MOST_KEPT = 1_000;

export type RunPrograms = {
  /** A program that is held here, by its own id (P) or that of its iteration, hex. */
  readonly held: (id: string) => HeldHere | null;
  readonly nameOf: (id: string) => string | null;
  /** Whether a claim about a proof can be checked here: its program is that of an architecture that is held. */
  readonly holdsProofs?: (id: string) => boolean;
  /** What the proofs hide of which claims by steps name this as their program; `null` where its architecture is not held. */
  readonly hides: (id: string) => Promise<ClaimHides | null>;
};

export type RunsOptions = {
  readonly chain: Chain;
  readonly contracts: Pick<Contracts, 'arbiter'>;
  /** Contracts whose claims can be read. */
  readonly routes: KnownRoutes;
  readonly environment: 'development' | 'production';
  readonly programs: () => Promise<RunPrograms>;
  /** Says where the own run differs; ended together with the reader. */
  readonly own: OwnRuns;
  /** Blocks for which decided claims stay in the list; about a week of twelve-second ones unless stated. */
  readonly keepBlocks?: number;
  /** Unix seconds. */
  readonly now: () => number;
};

export type RunsReader = {
  /** All claims as the newest block has them: `chain.not-deployed` where there is no Arbiter. */
  readonly read: () => Promise<Result<Book>>;
  readonly list: (query: RouteInput<'runs'>['query']) => Promise<Result<WireRuns>>;
  readonly find: (claimId: string) => Promise<Result<Run>>;
  /** Ends own runs that are kept open. */
  readonly close: () => Promise<void>;
};

const unknown = (claimId: string): Result<never> =>
  refuse({
    code: 'arbiter.claim-unknown',
    message: `No claim ${claimId} is known here.`,
    next: 'List the claims; one that was decided long ago is no longer among them.',
    field: 'claimId',
    value: claimId,
  });

export const createRuns = (options: RunsOptions): RunsReader => {
  const { chain, contracts, environment, own, keepBlocks = KEEP_BLOCKS } = options;
  let opened: { readonly book: ClaimBook; readonly terms: DeployedTerms } | null = null;
  let seen = { hash: '', number: 0n, at: 0 };
  const moves = new Recent<Promise<ReadClaim>>(MOST_KEPT);
  const transactions = new Recent<Sent>(MOST_KEPT);
  const whole = new Recent<{ readonly block: string; readonly run: Run }>(MOST_KEPT);

  const open = async (): Promise<Result<NonNullable<typeof opened>>> => {
    if (opened !== null) return ok(opened);
    const terms = await readTerms(chain, contracts);
    if (!terms.ok) return terms;
    const fromBlock = await firstBlockOfInterest(chain);
    if (!fromBlock.ok) return fromBlock;
    const { stakePpm } = terms.value;
    const book = createClaimBook(chain, contracts, { fromBlock: fromBlock.value, stakePpm, keepBlocks });
    opened = { book, terms: terms.value };
    return ok(opened);
  };

  const read = shared(async (): Promise<Result<Book>> => {
    const ready = await open();
    if (!ready.ok) return ready;
    const book = await ready.value.book.read();
    if (!book.ok || book.value.block.hash === seen.hash) return book;
    const { hash, number } = book.value.block;
    // A chain that went back may have put transactions into other blocks.
    if (number <= seen.number) transactions.clear();
    seen = { hash, number, at: options.now() };
    return book;
  });

  const localOf = (book: Book, programs: RunPrograms): Local => {
    const now = options.now();
    const { number, timestamp } = book.block;
    return {
      environment,
      chain: {
        chainId: chain.chainId,
        arbiter: contracts.arbiter,
        block: Number(number),
        now: Math.max(now, timestamp + Math.max(0, now - seen.at)),
      },
      nameOf: programs.nameOf,
      holds: (id) => programs.held(id) !== null || (programs.holdsProofs?.(id) ?? false),
      routeKindOf: (verifier) => routeKindOf(options.routes, verifier),
    };
  };

  const readMoves = async (view: ClaimView, programs: RunPrograms): Promise<ReadClaim> => {
    const kind = routeKindOf(options.routes, view.claim.request.verifier);
    if (kind === 'proof' || kind === 'proof-steps') return readProofMoves(view, kind);
    const read = readClaimMoves(view, programs.held);
    if (view.state !== 'open') return read;
    const { program } = read;
    const disputes: ReadDispute[] = [];
    for (const [i, dispute] of view.disputes.entries()) {
      const held = program.id === null ? null : (programs.held(program.id)?.program ?? null);
      const differing = await own.differing(view, dispute, held, program);
      disputes.push(atDiffering(read.disputes[i]!, program, differing));
    }
    return { ...read, disputes };
  };

  const movesOf = (view: ClaimView, programs: RunPrograms): Promise<ReadClaim> => {
    const key = `${view.id} ${markOf(view)}`;
    const known = moves.get(key);
    if (known !== undefined) return known;
    const made = readMoves(view, programs);
    // What failed may succeed the next time.
    made.catch(() => moves.delete(key));
    return moves.set(key, made);
  };

  const sentIn = async (transaction: Hex): Promise<Result<Sent>> => {
    const known = transactions.get(transaction);
    if (known !== undefined) return ok(known);
    const sent = await readSent(chain, contracts, transaction);
    return sent.ok ? ok(transactions.set(transaction, sent.value)) : sent;
  };

  /** The proof that decided a claim; `null` where none did. */
  const refutationOf = async (view: ClaimView, claim: ReadClaim): Promise<Result<RunRefutation | null>> => {
    const { ended } = view;
    if (ended?.kind !== 'void' || ended.byClock) return ok(null);
    const sent = await sentIn(ended.transaction);
    if (!sent.ok) return sent;
    const at = view.disputes.findIndex(({ id }) => id === ended.disputeId);
    return ok(readRefutation(view, claim.program, claim.disputes[at]?.record ?? NO_RECORD, sent.value.proof));
  };

  const sentInAll = async (view: ClaimView): Promise<Result<ReadonlyMap<Hex, Sent>>> => {
    const named = [
      ...(view.ended === null ? [] : [view.ended.transaction]),
      ...view.disputes.flatMap(({ closedIn, exchanges }) => [
        ...(closedIn === null ? [] : [closedIn]),
        ...exchanges.flatMap(({ askedIn, answeredIn }) => (answeredIn === null ? [askedIn] : [askedIn, answeredIn])),
      ]),
    ];
    const found = new Map<Hex, Sent>();
    for (const transaction of named) {
      const sent = await sentIn(transaction);
      if (!sent.ok) return sent;
      found.set(transaction, sent.value);
    }
    return ok(found);
  };

  const liveOf = async (view: ClaimView): Promise<Result<ReadonlyMap<bigint, DisputeStatus>>> => {
    const found = new Map<bigint, DisputeStatus>();
    if (view.state !== 'open') return ok(found);
    for (const { id, turn } of view.disputes) {
      if (turn === 'closed') continue;
      const status = await readDispute(chain, contracts, view.id, id);
      if (!status.ok) return status;
      found.set(id, status.value);
    }
    return ok(found);
  };

  const factsOf = async (view: ClaimView, programs: RunPrograms): Promise<Result<ClaimFacts>> => {
    const claim = await movesOf(view, programs);
    const refutation = await refutationOf(view, claim);
    if (!refutation.ok) return refutation;
    const sent = await sentInAll(view);
    if (!sent.ok) return sent;
    const live = await liveOf(view);
    if (!live.ok) return live;
    const status = await readClaim(chain, contracts, view.id);
    if (!status.ok) return status;
    const ready = await open();
    if (!ready.ok) return ready;
    const ownRun = await own.agrees(view);
    const { verifier, program } = view.claim.request;
    const isBySteps = routeKindOf(options.routes, verifier) === 'proof-steps';
    return ok({
      ownRun,
      hides: isBySteps ? await programs.hides(idOf(program)) : null,
      view,
      read: claim,
      refutation: refutation.value,
      status: status.value,
      live: live.value,
      sent: sent.value,
      terms: ready.value.terms,
    });
  };

  const list: RunsReader['list'] = async ({ state, cursor, limit = PAGE }) => {
    const book = await read();
    if (!book.ok) return book;
    const newest = book.value.claims.toReversed();
    const after = cursor === undefined ? -1 : newest.findIndex(({ id }) => idOf(id) === cursor);
    if (cursor !== undefined && after === -1)
      return refuse({
        code: 'input.malformed',
        message: 'The cursor is none that a list gave out, or its claim is no longer in the chain.',
        next: 'Leave it out to start from the newest claim.',
        field: 'cursor',
        value: cursor,
      });
    const programs = await options.programs();
    const local = localOf(book.value, programs);
    const wanted = newest.slice(after + 1).filter((view) => state === undefined || view.state === state);
    const runs = [];
    for (const view of wanted.slice(0, limit)) {
      const claim = await movesOf(view, programs);
      const refutation = await refutationOf(view, claim);
      if (!refutation.ok) return refutation;
      runs.push(summaryOf(view, claim, refutation.value, local));
    }
    const next = wanted.length > limit ? runs.at(-1)!.claimId : null;
    return ok({ environment, chain: local.chain, runs, next });
  };

  const find: RunsReader['find'] = async (claimId) => {
    const book = await read();
    if (!book.ok) return book;
    const view = book.value.claims.find(({ id }) => idOf(id) === claimId);
    if (view === undefined) return unknown(claimId);
    const programs = await options.programs();
    const local = localOf(book.value, programs);
    const kept = whole.get(claimId);
    if (kept?.block === book.value.block.hash) return ok({ ...kept.run, chain: local.chain });
    const facts = await factsOf(view, programs);
    if (!facts.ok) return facts;
    const prepaid = (disputeId: bigint): readonly bigint[] =>
      book.value.prepaid
        .filter((each) => each.claimId === view.id && each.disputeId === disputeId)
        .map(({ wei }) => wei);
    const run = runOf(facts.value, prepaid, local);
    whole.set(claimId, { block: book.value.block.hash, run });
    return ok(run);
  };

  return { read, list, find, close: own.close };
};
