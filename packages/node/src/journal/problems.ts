/** The journal's refusals, and how the database's own errors become them. */
import { type Problem, SuretyError, show } from '@surety/core';

export const unavailable = (): Problem => ({
  code: 'journal.unavailable',
  message: 'The database did not confirm the change in time.',
  next: 'Ask again with the same idempotency key: it is applied once, or its first result is returned.',
});

export const fenced = (stream: string): Problem => ({
  code: 'journal.fenced',
  message: `Another writer took over the stream ${stream}.`,
  next: 'Send the request again; nothing was written.',
  field: 'stream',
  value: show(stream),
});

export const streamHeld = (stream: string, holder: string): Problem => ({
  code: 'journal.stream-held',
  message: `The node ${holder} holds the lease of the stream ${stream}.`,
  next: 'Send the request to that node, or again once its lease has ended.',
  field: 'stream',
  value: show(stream),
});

export const superseded = (node: string): Problem => ({
  code: 'journal.fenced',
  message: `A newer process writes as node ${node} to this database; this one may no longer.`,
  next: 'Stop this process and use the newer one.',
});

export const overloaded = (limit: number): Problem => ({
  code: 'journal.overloaded',
  message: 'Too many events wait to become durable.',
  next: 'Send the request again in a second, at a lower rate.',
  limit: `${limit} events`,
});

export const unbalanced = (moves: readonly { readonly slot: { readonly stream: string } }[], by: bigint): Problem => ({
  code: 'ledger.unbalanced',
  message: `A transaction over ${[...new Set(moves.map(({ slot }) => slot.stream))].join(', ')} would make ${by} micro-USD.`,
  next: 'Read the streams again: they moved on, or there is a bug. Nothing was written.',
  field: 'moves',
  value: by.toString(),
  limit: '0',
});

export const closed = (): Problem => ({
  code: 'journal.closed',
  message: 'The node is shutting down.',
  next: 'Send the request again once it has restarted.',
});

export const corrupt = (stream: string, seq: number, what: string): SuretyError =>
  new SuretyError({
    code: 'journal.corrupt',
    message: `Stream ${stream} is damaged at event ${seq}: ${what}.`,
    next: 'Restore the database from a backup; the stream is not served until then.',
    field: `${stream}@${seq}`,
  });

/** What to do about a database that refuses us, by SQLSTATE. */
const OPENING_ADVICE: Readonly<Record<string, string>> = {
  '28P01': 'Check user and password in DATABASE_URL.',
  '28000': 'Check user and password in DATABASE_URL, and that the server lets them in from here.',
  '3D000': 'Create the database that DATABASE_URL names.',
  '42501': 'Let the role of DATABASE_URL create schemas: GRANT CREATE ON DATABASE … TO …',
};

/** Why a database could not be opened, without its password. */
export const cannotOpen = (cause: unknown, databaseUrl: string): SuretyError => {
  if (cause instanceof SuretyError) return cause;
  const where = databaseUrl.replace(/^([a-z]+:\/\/)(?:[^@/]*@)?/i, '$1').replace(/\?.*$/, '');
  const why = cause instanceof Error ? cause.message || codeOf(cause) : String(cause);
  return new SuretyError(
    {
      code: 'journal.cannot-open',
      message: `The database ${where} cannot be used: ${why}.`,
      next:
        OPENING_ADVICE[codeOf(cause)] ??
        'Check DATABASE_URL and that the server runs, or unset it for the embedded one.',
      field: 'DATABASE_URL',
      value: where,
    },
    { cause },
  );
};

const storageFull = (): Problem => ({
  code: 'journal.storage-full',
  message: 'The database has no space left.',
  next: 'Free some disk space; the node carries on by itself.',
});

const codeOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';

/** SQLSTATE raised by our append function when an epoch or a sequence number does not fit. */
export const FENCED_STATE = 'SU001';

export const isFenced = (cause: unknown): boolean => codeOf(cause) === FENCED_STATE;

/** A database error as a retryable refusal; what it cannot name is "unavailable", never a success. */
export const problemOf = (cause: unknown): Problem => {
  if (cause instanceof SuretyError) return cause.problem;
  return ['53100', 'ENOSPC'].includes(codeOf(cause)) ? storageFull() : unavailable();
};
