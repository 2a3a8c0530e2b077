/**
 * Moves of value between accounts, questions, models and cases. The host carries a transaction out only if what leaves one stream
 * arrives in another (`inflow` of the games); value enters the ledger only as `deposited` and leaves it only as
 * `withdrawal-authorised`, both matched on the chain.
 */
import { type Result, unwrap } from '@surety/core';
import type { Host, Move, Receipted } from '../journal/host.ts';
import type { AccountEvent } from './account.ts';
import type { CaseStreamEvent } from './court/case-state.ts';
import type { REGISTRY_STREAM, RegistryEvent } from './court/registry.ts';
import type { ModelEvent } from './model.ts';
import type { QuestionEvent } from './question.ts';

export type LedgerMove =
  | { readonly stream: `account:${string}`; readonly event: AccountEvent }
  | { readonly stream: `market:${string}`; readonly event: QuestionEvent }
  | { readonly stream: `model:${string}`; readonly event: ModelEvent }
  | { readonly stream: `case:${string}`; readonly event: CaseStreamEvent }
  | { readonly stream: typeof REGISTRY_STREAM; readonly event: RegistryEvent };

export const accountStream = (address: string): `account:${string}` => `account:${address}`;
/** @param model `<publisher>/<name>` */
export const modelStream = (model: string): `model:${string}` => `model:${model}`;
export const marketStream = (claimId: string): `market:${string}` => `market:${claimId}`;
export const caseStream = (claimId: string): `case:${string}` => `case:${claimId}`;

/** Carries out moves of value, and `further` events that move none, together or not at all; resolves once durable. */
export const transfer = (
  host: Host,
  moves: readonly LedgerMove[],
  further: readonly Move[] = [],
): Promise<Result<Receipted>> => host.transact([...moves, ...further]);

/**
 * {@link transfer} where a refusal would be a bug.
 * @throws {SuretyError} the refusal
 */
export const mustTransfer = async (
  host: Host,
  moves: readonly LedgerMove[],
  further: readonly Move[] = [],
): Promise<Receipted> => unwrap(await transfer(host, moves, further));
