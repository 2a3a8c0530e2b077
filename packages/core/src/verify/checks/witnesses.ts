/** Witnesses: others than the log who saw its tree. Without them the log alone is believed about it. */
import { ok, type Problem, type Result, refuse } from '../../errors.ts';
import { verifyCosignature } from '../../log/cosignature.ts';
import type { Note } from '../../log/note.ts';
import type { TrustedLog } from '../../trust.ts';
import { type Check, checkOf } from '../check.ts';

export const SAME_TREE = 'the log shows everyone the same tree';

/** Signature lines that are neither the log's nor a pinned witness's: their bytes prove nothing here. */
const foreignLines = (note: Note, log: TrustedLog): readonly string[] => {
  const pinned = new Set([log.origin, ...log.witnesses.map((witness) => witness.name)]);
  return note.lines.filter((line) => !pinned.has(line.name)).map((line) => line.name);
};

const extraLine = (name: string): Problem => ({
  code: 'log.bad-cosignature',
  message: `The checkpoint holds a further signature line under the name ${name} that its pinned key did not make.`,
  next: 'Get the receipt again from whoever issued it.',
  field: 'log.checkpoint',
  value: name,
});

export type Seen = { readonly name: string; readonly time: number };

/**
 * The pinned witnesses that cosigned, each verified once. A line under a pinned name that its pinned key did not make is
 * refused: a changed byte, or an impostor.
 */
export const readWitnesses = (note: Note, log: TrustedLog): Result<readonly Seen[]> => {
  const seen: Seen[] = [];
  const named = (name: string): number => note.lines.filter((line) => line.name === name).length;
  for (const { name, publicKey } of log.witnesses) {
    if (named(name) === 0) continue;
    const time = verifyCosignature(note, { name, publicKey });
    if (!time.ok) return time;
    if (named(name) > 1) return refuse(extraLine(name));
    seen.push({ name, time: time.value });
  }
  return named(log.origin) > 1 ? refuse(extraLine(log.origin)) : ok(seen);
};

/** How many pinned witnesses saw the tree of this checkpoint, against how many the trust file wants. */
export const checkWitnesses = (note: Note, log: TrustedLog, seen: readonly Seen[]): Check => {
  const foreign = foreignLines(note, log);
  const unchecked = foreign.map(
    (name) => `anything by the signature line of ${name}: it is not pinned, and its bytes are not checked`,
  );
  const enough = seen.length >= log.witnessQuorum;
  if (enough && seen.length > 0) {
    return checkOf('witnesses', {
      holds: 'shown',
      summary: `Cosigned by ${seen.map((each) => each.name).join(', ')}.`,
      proves: [{ property: 'agreement', of: `${seen.length} pinned witnesses with the log on this tree` }],
      assumes: [
        `at least one of these witnesses would refuse a second tree: ${seen.map((each) => each.name).join(', ')}`,
      ],
      doesNotProve: ['that entries are right', ...unchecked],
      freshAt: Math.max(...seen.map((each) => each.time)),
    });
  }
  const message = `${seen.length} of ${log.witnessQuorum} wanted witnesses cosigned the checkpoint.`;
  return checkOf('witnesses', {
    holds: 'not-shown',
    summary: enough ? 'No pinned witness cosigned the checkpoint.' : message,
    assumes: [SAME_TREE],
    doesNotProve: ['that others are shown the same tree', ...unchecked],
    problem: enough
      ? null
      : {
          code: 'receipt.too-few-witnesses',
          message,
          next: 'Fetch a newer copy of the receipt, or lower witnessQuorum in your trust file.',
          field: 'log.checkpoint',
          limit: `${log.witnessQuorum} witnesses`,
        },
  });
};
