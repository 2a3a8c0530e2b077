/**
 * Provers of a false claim that go as far as they can: each gets past all checks but one, which it takes to stop it. A last one
 * may also choose its root when the columns are known, and is stopped by nothing: that is what committing first is for.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProverChannel } from '../channel/channel.ts';
import { known } from '../channel/form.ts';
import { extBytes, extsOf, OpenProver, OpenVerifier } from '../channel/open.ts';
import { ProofError } from '../channel/problem.ts';
import { Transcript } from '../channel/transcript.ts';
import { add, type Ext, inverse, inverse1, mul, mul1, ONE, P, sub } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import { ProofMemory } from '../memory.ts';
import { randomExts, randomWords } from '../random.ts';
import { checkSumcheck } from '../sumcheck/verify.ts';
import { checkOpening } from './check.ts';
import { type Commitment, type Committed, commitMatrix, hashColumns } from './commit.ts';
import { open } from './open.ts';
import type { Claim } from './place.ts';
import { LEAST_ROW_VARS, treeShape } from './shape.ts';
import { HASH_BYTES, rootOf } from './tree.ts';
import { evaluateClaim } from './value.ts';

const SIZE = 2 ** LEAST_ROW_VARS;
const ROWS = 4;
const SHAPE = { rows: ROWS, rowVars: LEAST_ROW_VARS, randomness: 0 };

const memory = await ProofMemory.create();
const committed = commitMatrix(memory, SHAPE, (_, words) => words.set(randomWords(SIZE)));
const place = { matrix: 0, offset: 0, vars: LEAST_ROW_VARS + 2 };
const point = randomExts(place.vars);
const right: Claim<Ext> = { place, point, value: evaluateClaim(memory, [committed], { place, point }) };
const wrong: Claim<Ext> = { ...right, value: add(right.value, ONE) };

type Heard = { readonly challenges: Ext[]; positions: readonly number[]; readonly parts: Uint8Array[] };
type Change = (bytes: Uint8Array, part: number, heard: Heard) => Uint8Array;

/** One claim needs no weights: there are as many messages of the sumcheck as variables, then u, columns and nodes. */
const COMBINATION = LEAST_ROW_VARS;
const COLUMNS = COMBINATION + 1;

/** A proof of the wrong claim whose messages are changed before they are said. */
const cheat = (change: Change): { proof: Uint8Array; heard: Heard } => {
  const inner = new OpenProver(new Transcript());
  const heard: Heard = { challenges: [], positions: [], parts: [] };
  const changed = (bytes: Uint8Array): Uint8Array => {
    const said = change(bytes, heard.parts.length, heard);
    heard.parts.push(said);
    return said;
  };
  const publish = (bytes: Uint8Array): void => inner.publish(changed(bytes));
  const channel: ProverChannel = {
    leaves: false,
    send: (values) => publish(extBytes(values)),
    publish,
    reveal: (bytes) => inner.reveal(changed(bytes)),
    challenge: () => {
      const challenge = inner.challenge();
      heard.challenges.push(challenge);
      return challenge;
    },
    indices: (count, limit) => {
      heard.positions = inner.indices(count, limit);
      return heard.positions;
    },
    product: mul,
  };
  open(channel, memory, [committed], [wrong]);
  return { proof: inner.bytes(), heard };
};

const verify = (proof: Uint8Array, claim: Claim<Ext>, commitment: Commitment = committed): void => {
  const channel = new OpenVerifier(new Transcript(), proof);
  checkOpening(channel, memory, [commitment], [{ ...claim, value: known(claim.value) }]);
  channel.end();
};

const message = (text: string): { message: string } => ({ message: text });

/** The column point of the sumcheck. */
const columnPoint = ({ challenges }: Heard): Ext[] => challenges.slice().reverse();

/** What has to be added to the combination's first coefficient for it to have the value that the sumcheck left. */
const missing = (u: readonly Ext[], heard: Heard): Ext => {
  const rounds = heard.parts.slice(0, LEAST_ROW_VARS).flatMap((part) => [...part]);
  const verifier = new OpenVerifier(new Transcript(), Uint8Array.from(rounds));
  const { value } = checkSumcheck(verifier, known(wrong.value), LEAST_ROW_VARS, 2, []);
  const at = columnPoint(heard);
  const has = u.map((coefficient, c) => mul(coefficient, eqAt(at, c))).reduce(add);
  return mul(sub(value.constant, has), inverse(eqAt(at, 0)));
};

/** Base-field factors of four elements that make a sum. */
const solve = (elements: readonly Ext[], sum: Ext): number[] => {
  const rows = [0, 1, 2, 3].map((c) => [...elements.map((element) => element[c]!), sum[c]!]);
  for (let i = 0; i < 4; i++) {
    const pivot = rows.findIndex((row, j) => j >= i && row[i] !== 0);
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    const divide = inverse1(rows[i]![i]!);
    rows[i] = rows[i]!.map((x) => mul1(x, divide));
    for (let j = 0; j < 4; j++) {
      const factor = rows[j]![i]!;
      if (j !== i) rows[j] = rows[j]!.map((x, k) => (x + P - mul1(factor, rows[i]![k]!)) % P);
    }
  }
  return rows.map((row) => row[4]!);
};

let added: Ext = ONE;

/** Makes the combination have the value it should. */
const bendCombination: Change = (bytes, part, heard) => {
  if (part !== COMBINATION) return bytes;
  const u = extsOf(bytes);
  added = missing(u, heard);
  return extBytes([add(u[0]!, added), ...u.slice(1)]);
};

/** And the columns combine to its code word, which has grown by the same everywhere: the first function is 1. */
const bendColumns: Change = (bytes, part, heard) => {
  if (part !== COLUMNS) return bendCombination(bytes, part, heard);
  // The weights that the rows have in the combination.
  const at = columnPoint(heard);
  const columns = Array.from({ length: SIZE }, (_, c) => mul(eqAt(at, c), eqAt(point.slice(0, LEAST_ROW_VARS), c)));
  const weight = columns.reduce(add);
  const rows = Array.from({ length: ROWS }, (_, i) => mul(weight, eqAt(point.slice(LEAST_ROW_VARS), i)));
  const steps = solve(rows, added);
  const words = new Uint32Array(bytes.slice().buffer);
  const count = words.length / ROWS;
  return new Uint8Array(words.map((word, i) => (word + steps[Math.floor(i / count)]!) % P).buffer);
};

test('the right claim is accepted, and the wrong one stopped by the value of the combination', () => {
  const channel = new OpenProver(new Transcript());
  open(channel, memory, [committed], [right]);
  verify(channel.bytes(), right);
  const { proof } = cheat((bytes) => bytes);
  assert.throws(() => verify(proof, wrong), message('the combined row has another value'));
});

test('a combination of the right value is stopped by its code word', () => {
  const { proof } = cheat(bendCombination);
  assert.throws(() => verify(proof, wrong), message('opened columns do not agree with the combined row'));
});

test('columns that agree with it are stopped by the root', () => {
  const { proof } = cheat(bendColumns);
  assert.throws(() => verify(proof, wrong), message('opened columns are not those committed to'));
});

/** The root of a tree in which these columns lie. */
const rootWith = ({ parts, positions }: Heard): Uint8Array => {
  const mark = memory.mark();
  const columns = Math.ceil(positions.length / 4) * 4;
  const matrix = memory.take(4 * ROWS * columns);
  const words = new Uint32Array(parts[COLUMNS]!.slice().buffer);
  for (let row = 0; row < ROWS; row++) {
    const at = memory.words({ address: matrix + 4 * row * columns, length: columns });
    at.set(words.subarray(row * positions.length, (row + 1) * positions.length));
  }
  const out = memory.take(HASH_BYTES * columns);
  hashColumns(memory, SHAPE, { matrix, strideBytes: 4 * columns, columns, salts: 0, out });
  const root = rootOf(memory, out, positions, treeShape(SHAPE), parts[COLUMNS + 1]!);
  memory.release(mark);
  return root;
};

test('a root chosen when the columns are known would stop nothing', () => {
  const { proof, heard } = cheat(bendColumns);
  const late: Committed = { ...committed, root: rootWith(heard) };
  verify(proof, wrong, late);
  assert.throws(() => verify(proof, wrong), ProofError);
});
