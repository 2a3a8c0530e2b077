/**
 * The same write twice is done once. The edge asks before it works; exactly-once itself comes from passing the same key
 * to `transact`, which stores the transaction's outputs together with its events.
 */
import { type Problem, type Result, refuse, show } from '@surety/core';
import type { Pool } from 'pg';
import { together } from './together.ts';

/** What to do with a request that carries an idempotency key. */
export type Begun =
  /** Not seen before: do it, then `complete`; `abandon` when it failed in a way worth retrying. */
  | { readonly kind: 'new'; readonly complete: (response: string) => Promise<void>; readonly abandon: () => void }
  /** Done before: answer with this. */
  | { readonly kind: 'replay'; readonly response: string }
  /** Seen with another body, or being worked on at this moment. */
  | { readonly kind: 'refused'; readonly problem: Problem };

export type Idempotency = {
  /**
   * @param scope route and account, e.g. `act 0x12…`: keys of different scopes never meet
   * @param key the caller's key
   * @param digest hash of the request's body
   */
  readonly begin: (scope: string, key: string, digest: string) => Promise<Begun>;
};

const conflict = (key: string): Problem => ({
  code: 'idempotency.conflict',
  message: 'This idempotency key was used before with another body.',
  next: 'Use a new key for a new request.',
  field: 'idempotencyKey',
  value: show(key),
});

const inFlight = (key: string): Problem => ({
  code: 'idempotency.in-flight',
  message: 'The first request with this idempotency key is still being worked on.',
  next: 'Wait for its answer, or send the same request again in a second.',
  field: 'idempotencyKey',
  value: show(key),
});

type Name = { readonly scope: string; readonly key: string };
type Known = { readonly digest: string; readonly response: string };

/** Stored answers, in the order of the names. */
const find = async (pool: Pool, names: readonly Name[]): Promise<readonly (Known | undefined)[]> => {
  const { rows } = await pool.query<Known & Name>({
    name: 'idempotency',
    text: `SELECT scope, key, digest, response FROM surety.idempotency
           WHERE (scope, key) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    values: [names.map(({ scope }) => scope), names.map(({ key }) => key)],
  });
  const known = new Map(rows.map((row) => [`${row.scope}\n${row.key}`, row]));
  return names.map(({ scope, key }) => known.get(`${scope}\n${key}`));
};

const store = async (pool: Pool, rows: readonly (Name & Known)[]): Promise<readonly undefined[]> => {
  await pool.query({
    name: 'store-idempotency',
    text: `INSERT INTO surety.idempotency (scope, key, digest, response)
           SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
    values: [
      rows.map((row) => row.scope),
      rows.map((row) => row.key),
      rows.map((row) => row.digest),
      rows.map((row) => row.response),
    ],
  });
  return rows.map(() => undefined);
};

/** Looks up the keys of transactions. */
export const createKeyLookup = (pool: Pool): ((key: string) => Promise<Known | undefined>) => {
  const lookup = together((names: readonly Name[]) => find(pool, names));
  return (key) => lookup({ scope: 'journal', key });
};

/** The problem, or undefined when the digests agree. */
export const conflictOf = (
  key: string,
  known: { readonly digest: string },
  digest: string,
): Result<void> | undefined => (known.digest === digest ? undefined : refuse(conflict(key)));

export const createIdempotency = (pool: Pool): Idempotency => {
  const working = new Map<string, string>();

  const findOne = together((names: readonly Name[]) => find(pool, names));
  const storeOne = together((rows: readonly (Name & Known)[]) => store(pool, rows));

  return {
    begin: async (scope, key, digest) => {
      const id = `${scope}\n${key}`;
      const running = working.get(id);
      if (running !== undefined) {
        return { kind: 'refused', problem: running === digest ? inFlight(key) : conflict(key) };
      }
      working.set(id, digest);
      const abandon = (): void => {
        working.delete(id);
      };
      try {
        const known = await findOne({ scope, key });
        if (known === undefined) {
          const complete = (response: string): Promise<void> =>
            storeOne({ scope, key, digest, response }).finally(abandon);
          return { kind: 'new', complete, abandon };
        }
        abandon();
        if (known.digest !== digest) return { kind: 'refused', problem: conflict(key) };
        return { kind: 'replay', response: known.response };
      } catch (cause) {
        abandon();
        throw cause;
      }
    },
  };
};

/** Forgets answers older than the promise of {@link IDEMPOTENCY_DAYS}. */
export const IDEMPOTENCY_DAYS = 30;

export const pruneIdempotency = async (pool: Pool): Promise<void> => {
  await pool.query('DELETE FROM surety.idempotency WHERE at < now() - make_interval(days => $1)', [IDEMPOTENCY_DAYS]);
};
