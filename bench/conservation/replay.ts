/**
 * An audit that trusts nothing but the event table: replays every transaction of the journal, in order, through the
 * games, and adds up all value after each event and each transaction.
 */

import type { Pool } from 'pg';
import type { Json } from '../../packages/core/src/index.ts';
import { type AccountState, accountValue, freeBond } from '../../packages/node/src/engine/account.ts';
import { accountGame, questionGame } from '../../packages/node/src/engine/games.ts';
import { type QuestionState, questionValue } from '../../packages/node/src/engine/question.ts';
import { idOfStream } from '../../packages/node/src/journal/game.ts';

export type Credited = { readonly account: string; readonly amountMicroUsd: bigint };

export type Replayed = {
  readonly events: number;
  readonly transactions: number;
  /** Transactions after which the sum was off; must be 0. */
  readonly unbalanced: number;
  /** Events after which something was below zero or promised twice; must be 0. */
  readonly negative: number;
  /** Gaps or repetitions in sequence numbers; must be 0. */
  readonly misnumbered: number;
  readonly totalMicroUsd: bigint;
  readonly depositedMicroUsd: bigint;
  readonly withdrawnMicroUsd: bigint;
  /** By deposit id. */
  readonly credited: ReadonlyMap<string, Credited>;
  /** How often each action's nonce occurs as the name of an action. */
  readonly nonces: ReadonlyMap<string, number>;
};

type Row = { readonly tx: string; readonly stream: string; readonly seq: string; readonly body: string };
type Held = { readonly state: unknown; readonly seq: number; readonly value: bigint };

const PAGE = 20_000;

async function* rowsOf(pool: Pool): AsyncGenerator<Row> {
  let last: Row = { tx: '-1', stream: '', seq: '0', body: '' };
  for (;;) {
    const { rows } = await pool.query<Row>(
      `SELECT tx, stream, seq, body FROM surety.event WHERE (tx, stream, seq) > ($1::bigint, $2, $3::bigint)
       ORDER BY tx, stream, seq LIMIT ${PAGE}`,
      [last.tx, last.stream, last.seq],
    );
    yield* rows;
    if (rows.length < PAGE) return;
    last = rows.at(-1)!;
  }
}

const soundAccount = (state: AccountState): boolean => state.balanceMicroUsd >= 0n && freeBond(state) >= 0n;

const soundQuestion = (state: QuestionState): boolean =>
  state.market === null || (state.market.makerMicroUsd >= 0n && state.market.feesMicroUsd >= 0n);

export const replay = async (pool: Pool): Promise<Replayed> => {
  const held = new Map<string, Held>();
  const credited = new Map<string, Credited>();
  const nonces = new Map<string, number>();
  let [events, transactions, unbalanced, negative, misnumbered] = [0, 0, 0, 0, 0];
  let [total, deposited, withdrawn] = [0n, 0n, 0n];
  let tx = '';

  const balance = (): void => {
    if (tx === '') return;
    transactions += 1;
    if (total !== deposited - withdrawn) unbalanced += 1;
  };

  /** The state, value and soundness after one more event; other games hold no value. */
  const advance = (stream: string, before: Held | undefined, json: Json): Omit<Held, 'seq'> & { sound: boolean } => {
    const id = idOfStream(stream as `${string}:${string}`);
    if (stream.startsWith('account:')) {
      const event = accountGame.decodeEvent(json);
      const step = accountGame.step((before?.state ?? accountGame.initial(id)) as AccountState, event);
      if (step.kind === 'refused') return { state: before?.state, value: before?.value ?? 0n, sound: false };
      if (event.kind === 'deposited') {
        deposited += event.amountMicroUsd;
        if (credited.has(event.depositId)) return { state: step.state, value: accountValue(step.state), sound: false };
        credited.set(event.depositId, { account: id, amountMicroUsd: event.amountMicroUsd });
      }
      // While a demand is open whatever comes in is authorised at once: the state says it, not the event alone.
      withdrawn +=
        step.state.withdrawnMicroUsd - ((before?.state as AccountState | undefined)?.withdrawnMicroUsd ?? 0n);
      return { state: step.state, value: accountValue(step.state), sound: soundAccount(step.state) };
    }
    const step = questionGame.step(
      (before?.state ?? questionGame.initial(id)) as QuestionState,
      questionGame.decodeEvent(json),
    );
    if (step.kind === 'refused') return { state: before?.state, value: before?.value ?? 0n, sound: false };
    return { state: step.state, value: questionValue(step.state), sound: soundQuestion(step.state) };
  };

  for await (const row of rowsOf(pool)) {
    if (row.tx !== tx) balance();
    tx = row.tx;
    events += 1;
    const before = held.get(row.stream);
    const seq = Number(row.seq);
    if (seq !== (before?.seq ?? 0) + 1) misnumbered += 1;
    const json = JSON.parse(row.body) as Json;
    const { nonce } = json as { readonly nonce?: string };
    if (nonce !== undefined) nonces.set(nonce, (nonces.get(nonce) ?? 0) + 1);
    if (!row.stream.startsWith('account:') && !row.stream.startsWith('market:')) {
      held.set(row.stream, { state: null, seq, value: 0n });
      continue;
    }
    const after = advance(row.stream, before, json);
    if (!after.sound) negative += 1;
    total += after.value - (before?.value ?? 0n);
    held.set(row.stream, { state: after.state, seq, value: after.value });
  }
  balance();
  return {
    events,
    transactions,
    unbalanced,
    negative,
    misnumbered,
    totalMicroUsd: total,
    depositedMicroUsd: deposited,
    withdrawnMicroUsd: withdrawn,
    credited,
    nonces,
  };
};
