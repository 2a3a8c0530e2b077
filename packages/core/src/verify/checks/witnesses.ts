/** Witnesses: others than the log who saw its tree. Without them the log alone is believed about it. */
import type { Problem } from '../../errors.ts';
import { cosignatureLine, verifyCosignature } from '../../log/cosignature.ts';
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

/** Lines under a pinned name that the pinned key did not make: a changed byte, or an impostor. */
export const impostor = (note: Note, log: TrustedLog): Problem | null => {
  for (const witness of log.witnesses) {
    const named = note.lines.filter((line) => line.name === witness.name);
    if (named.length === 0) continue;
    const verified = verifyCosignature(note, witness);
    if (!verified.ok) return verified.problem;
    if (named.length > 1 || cosignatureLine(note, witness) !== named[0]) return extraLine(witness.name);
  }
  return note.lines.filter((line) => line.name === log.origin).length > 1 ? extraLine(log.origin) : null;
};

/** How many pinned witnesses saw the tree of this checkpoint, against how many the trust file wants. */
export const checkWitnesses = (note: Note, log: TrustedLog): Check => {
  const times = log.witnesses.flatMap((witness) => {
    const time = verifyCosignature(note, witness);
    return time.ok ? [{ name: witness.name, time: time.value }] : [];
  });
  const foreign = foreignLines(note, log);
  const unchecked = foreign.map(
    (name) => `anything by the signature line of ${name}: it is not pinned, and its bytes are not checked`,
  );
  const enough = times.length >= log.witnessQuorum;
  if (enough && times.length > 0) {
    return checkOf('witnesses', {
      holds: 'shown',
      summary: `Cosigned by ${times.map((each) => each.name).join(', ')}.`,
      proves: [{ property: 'agreement', of: `${times.length} pinned witnesses with the log on this tree` }],
      assumes: [
        `at least one of these witnesses shows everyone the same tree: ${times.map((each) => each.name).join(', ')}`,
      ],
      doesNotProve: ['that entries are right', ...unchecked],
      freshAt: Math.max(...times.map((each) => each.time)),
    });
  }
  const message = `${times.length} of ${log.witnessQuorum} wanted witnesses cosigned the checkpoint.`;
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
