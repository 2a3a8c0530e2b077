/** What a log shows of the roots of a training: that they were there, and in which order it took them in (spec 18.9). */
import { type Finding, type Logged, type Trust, toHex, type VerifiedLogged, verifyLogged } from '@surety/core';

/** The commitments of a training that a log may hold. */
export type TrainingCommitments = {
  readonly dataSet: Uint8Array;
  readonly auditSet: Uint8Array;
  /** Root of the first model. */
  readonly first: Uint8Array;
  /** Names the run: SHA-256 of the header. */
  readonly run: Uint8Array;
};

/** Entries of a log, and the keys that whoever verifies believes in. */
export type TrainingLog = { readonly logged: Logged; readonly trust: Trust };

const SOURCE = 'zk-training-log';

const NAMES = [
  ['dataSet', 'the data set'],
  ['auditSet', 'the audit set'],
  ['first', 'the first model'],
  ['run', 'the run (all of these and its setting)'],
] as const;

const NOT_CHOSEN =
  'that data set, audit set or first model were not chosen after looking at results: the same training gives the same model each time, and can be done in private before anything is logged';

const NOT_SHOWN = 'when the roots of data set, audit set and first model were made, or in which order';

const finding = (parts: Pick<Finding, 'holds' | 'summary' | 'doesNotProve'> & Partial<Finding>): Finding => ({
  proves: [],
  assumes: [],
  freshAt: null,
  ...parts,
  link: 'program',
  source: SOURCE,
});

const shown = (
  { origin, size, witnessed }: VerifiedLogged,
  places: readonly { readonly name: string; readonly index: number; readonly at: number }[],
  missing: readonly string[],
): Finding => {
  const order = places.map(
    ({ name, index, at }) => `${name} at place ${index} (${new Date(at * 1_000).toISOString()})`,
  );
  const by = witnessed === null ? null : new Date(witnessed.by * 1_000).toISOString();
  return finding({
    holds: 'shown',
    summary: `The log ${origin} held, when it had ${size} entries, in this order: ${order.join(', ')}.`,
    proves: [
      {
        property: 'inclusion',
        of: `${places.map(({ name }) => `the root of ${name}`).join(', ')}, each after the one before, in the tree that the log ${origin} signed at size ${size}${by === null ? '' : `, which ${witnessed!.names.join(', ')} had seen by ${by}`}`,
      },
    ],
    assumes: [
      `that the log ${origin} enters what it is given in the order in which it comes`,
      by === null
        ? `that the hours are right, and that the log shows everyone the same tree: both are the word of its operator alone`
        : `that at least one of these witnesses names its hour rightly and would refuse a second tree: ${witnessed!.names.join(', ')}`,
    ],
    doesNotProve: [
      NOT_CHOSEN,
      'that no others were logged: whoever logs many shows the luckiest',
      'that training or proving began after the entries: a proof does not say when it was made',
      ...missing.map((name) => `when the root of ${name} was made: no entry of it is given`),
    ],
    freshAt: witnessed?.by ?? null,
  });
};

/**
 * What entries of a log show of the commitments of a training. `refuted` where an entry was changed or made up; `not-shown` without
 * entries, for entries of other commitments, and for a log that is not pinned or too few witnesses cosigned.
 */
export const orderFinding = (commitments: TrainingCommitments, log: TrainingLog | null): Finding => {
  if (log === null) {
    const summary = 'No entries of a log were given: nothing shows when the roots were made, or in which order.';
    return finding({ holds: 'not-shown', summary, doesNotProve: [NOT_SHOWN, NOT_CHOSEN] });
  }
  const verified = verifyLogged(log.logged, log.trust);
  if (!verified.ok) {
    const summary = `The entries of the log do not hold: ${verified.problem.message}`;
    return finding({ holds: 'refuted', summary, doesNotProve: [NOT_SHOWN, 'who changed them, or when'] });
  }
  const { entries, problem } = verified.value;
  const placeOf = (key: keyof TrainingCommitments) =>
    entries.find(({ commitment }) => commitment === toHex(commitments[key]));
  const places = NAMES.flatMap(([key, name]) => {
    const place = placeOf(key);
    return place === undefined ? [] : [{ name, ...place }];
  }).sort((a, b) => a.index - b.index);
  if (places.length === 0) {
    const summary = 'The entries of the log are of other commitments than those of this training.';
    return finding({ holds: 'not-shown', summary, doesNotProve: [NOT_SHOWN, NOT_CHOSEN] });
  }
  if (problem !== null) {
    const summary = `${problem.message} The entries lead to its checkpoint, and that is believed by nobody here.`;
    return finding({ holds: 'not-shown', summary, doesNotProve: [NOT_SHOWN, NOT_CHOSEN] });
  }
  const missing = NAMES.filter(([key]) => placeOf(key) === undefined).map(([, name]) => name);
  return shown(verified.value, places, missing);
};
