/**
 * What a whole proof leaves to chance: every challenge of its plan with the probability, as an exact fraction, that it makes
 * something false look true (spec 18). The statement is absorbed and all matrices are committed to before the first; where what
 * is committed is not as claimed, something false is at hand before every challenge, and stays so but for that challenge's error.
 *
 * Challenges that become coordinates of rows are good for one thing more: rows that are no code words have to stay none when
 * they are combined (commit/soundness.ts). All others only have to tell two polynomials apart: of two that differ and have
 * degree d, at most d of all |F| values do not.
 */
import type { VerifierChannel } from './channel/channel.ts';
import { type Form, known, unsent } from './channel/form.ts';
import type { OpenOptions } from './channel/open.ts';
import { Transcript } from './channel/transcript.ts';
import { stackCode } from './commit/batch.ts';
import { levelsOf } from './commit/levels.ts';
import type { Evaluation } from './commit/place.ts';
import {
  bitsOfError,
  type CodeShape,
  columnError,
  type Fraction,
  fraction,
  joinError as levelJoinError,
  queriesOf,
  queryError,
  rowError,
  sampleError,
  weightError,
} from './commit/soundness.ts';
import { termOf } from './commit/terms.ts';
import { ONE, P } from './field/ext.ts';
import { bitsOf } from './field/multilinear.ts';
import type { LookupColumn, LookupTable } from './lookup/column.ts';
import { leavesOf } from './lookup/leaves.ts';
import { joinError, roundError, rowsError } from './lookup/soundness.ts';
import { padPlace, shapesOf } from './plan/hiding.ts';
import { rehearse } from './plan/pads.ts';
import { isLean, type Layout, type ProofPlan } from './plan/plan.ts';
import { lookupTables } from './plan/tables.ts';
import { wholeOf } from './plan/whole.ts';
import { varsOf } from './relations/axes.ts';
import { paddingOf } from './route/padding.ts';
import { degreeOf, longest } from './sumcheck/joint.ts';

const FIELD = BigInt(P) ** 4n;

/** Challenges of one kind: so many, each with this error. */
export type Rounds = { readonly what: string; readonly count: number; readonly error: Fraction };

export type Soundness = {
  /** In the order of the proof. */
  readonly rounds: readonly Rounds[];
  /** Of all rounds the one with the largest error, and its bits: soundness round by round. */
  readonly worst: Rounds;
  readonly bits: number;
  /** Of all errors together: what a verifier risks who draws its challenges itself. */
  readonly sum: Fraction;
};

export const addErrors = (a: Fraction, b: Fraction): Fraction =>
  a.denominator === b.denominator
    ? fraction(a.numerator + b.numerator, a.denominator)
    : fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

const larger = (a: Rounds, b: Rounds): Rounds =>
  b.error.numerator * a.error.denominator > a.error.numerator * b.error.denominator ? b : a;

/** A false product of m: polynomials of degree 2m agree, or the challenge is one of the 2m + 1 points that they go through. */
export const productsError = (products: number): Fraction => fraction(4n * BigInt(products) + 1n, FIELD);

/** A challenge whose powers join so many claims. */
export const mergeError = (claims: number): Fraction => fraction(BigInt(claims) - 1n, FIELD);

/** A round of sumchecks that are joined, where factors of eq are in it. */
export const cubicError: Fraction = fraction(3n, FIELD);

/** What a verifier counts of what is said: products, and values that have to be 0 and are known only by what is opened, or under pads. */
export type Counts = { readonly products: number; readonly zeros: number };

/** A verifier's channel that only keeps count. */
export class Counting implements VerifierChannel {
  readonly left: VerifierChannel['left'];
  readonly leftValues: Evaluation[] = [];
  challenges = 0;
  products = 0;
  zeros = 0;
  private readonly transcript = new Transcript();

  constructor({ leaves = false }: OpenOptions = {}) {
    this.left = leaves ? (place, point) => unsent(this.leftValues.push({ place, point }) - 1) : null;
  }

  readonly receive = (count: number): readonly Form[] =>
    Array.from({ length: count }, () => (this.left === null ? unsent(0) : known(ONE)));

  readonly published = (length: number): Uint8Array => new Uint8Array(length);

  readonly revealed = (length: number): Uint8Array => new Uint8Array(length);

  readonly challenge = () => {
    this.challenges++;
    this.transcript.absorb(new Uint8Array());
    return this.transcript.challenge();
  };

  readonly indices = (count: number, limit: number): readonly number[] => this.transcript.indices(count, limit);

  readonly product = (): Form => {
    this.products++;
    return this.receive(1)[0] ?? known(ONE);
  };

  readonly zero = ({ terms }: Form): void => {
    if (terms.length > 0) this.zeros++;
  };
}

/** Rounds of one tree of lookups, none where nothing is looked up. */
export const lookupRounds = (
  columns: readonly LookupColumn[],
  tables: readonly LookupTable[],
  coordinate: (error: Fraction) => Fraction,
): Rounds[] => {
  if (columns.length === 0) return [];
  const { rows, vars } = leavesOf(columns, tables);
  const above = ((vars - 1) * (vars - 2)) / 2;
  return [
    { what: 'lookups: alpha, beta and gamma', count: 1, error: rowsError(rows) },
    { what: 'lookups: lambda of a layer', count: vars, error: joinError },
    { what: 'lookups: round of the sumcheck of a layer', count: above, error: roundError },
    { what: 'lookups: halves of a layer', count: vars - 1, error: joinError },
    { what: 'lookups: round of the sumcheck of the leaves', count: vars - 1, error: coordinate(roundError) },
    { what: 'lookups: halves of the leaves', count: 1, error: coordinate(joinError) },
  ];
};

/** Points that claims are made at which no message leads to: of outputs, and of what lies behind hidden constants. */
const pointVars = ({
  graph,
  ties,
  matrices,
  hiddenOutputs,
}: ProofPlan): { readonly outputs: number; readonly padding: number } => {
  const outputs = graph.outputs.filter(({ value }, i) => ties[value]?.kind !== 'argmax' && !hiddenOutputs.includes(i));
  const padded = matrices.flatMap(({ blocks }) =>
    blocks.filter(
      ({ content }) => content.of === 'strip' && paddingOf(graph.types[content.id]!.shape, content.strip).length > 0,
    ),
  );
  return {
    outputs: outputs.reduce((sum, { value }) => sum + varsOf(graph.types[value]!.shape), 0),
    padding: padded.reduce((sum, { place }) => sum + place.vars, 0),
  };
};

/**
 * Rounds of the end of a proof: products, pads, the opening.
 * @param claims that are opened, and values that have to be 0, without those of hiding
 */
export const openingRounds = (layout: Layout, claims: number, { products, zeros }: Counts): Rounds[] => {
  const { matrices, hiding, rowVars } = layout;
  if (matrices.length === 0) return [];
  const code = stackCode(shapesOf(layout));
  const statements = zeros + (products > 0 ? 3 : 0);
  const joint = hiding === null ? claims + (isLean(layout) ? zeros : 0) : claims + statements + 2;
  const ofHiding: Rounds[] =
    hiding === null
      ? []
      : [
          { what: 'hiding: coordinate of the pads', count: padPlace(layout, hiding).vars, error: rowError(code) },
          { what: 'hiding: products', count: products > 0 ? 1 : 0, error: productsError(products) },
        ];
  return [
    ...ofHiding,
    { what: 'opening: weights of the claims', count: bitsOf(joint), error: weightError(code) },
    { what: 'opening: round of the sumcheck over columns', count: rowVars, error: columnError(code) },
    { what: 'opening: columns', count: 1, error: columnsError(code) },
    ...levelsOf(code).flatMap(({ foldVars, shape }, i, levels): Rounds[] => {
      const level = `opening, level ${i + 1}`;
      const joined = 2 + queriesOf(levels[i - 1]?.shape ?? code);
      return [
        { what: `${level}: point of a sample`, count: 1, error: sampleError(shape, foldVars + shape.rowVars) },
        { what: `${level}: weights of the columns`, count: bitsOf(joined), error: levelJoinError(shape) },
        { what: `${level}: round of the sumcheck over rows`, count: foldVars, error: columnError(shape) },
        { what: `${level}: columns`, count: 1, error: columnsError(shape) },
      ];
    }),
  ];
};

const columnsError = (code: CodeShape): Fraction => queryError(code, queriesOf(code));

/** Every challenge of the proofs of a plan. */
export const soundnessOf = async (plan: ProofPlan): Promise<Soundness> => {
  const channel = new Counting({ leaves: isLean(plan) });
  const merges: number[] = [];
  const joined: number[] = [];
  let cubic = 0;
  const claims = await rehearse(channel, plan, (side) => ({
    ...side,
    sums: (asks) => {
      if (isLean(plan) && asks.length > 1) joined.push(asks.length);
      if (isLean(plan) && degreeOf(asks) > 2) cubic += longest(asks);
      return side.sums(asks);
    },
    merged: (id, merged) => {
      if (merged.length > 1) merges.push(merged.length);
      return side.merged(id, merged);
    },
  }));
  const committed = plan.matrices.length > 0;
  const listed = plan.blowupVars !== undefined;
  const row = committed ? rowError(stackCode(shapesOf(plan))) : fraction(0n, FIELD);
  const coordinate = (error: Fraction): Fraction => (listed ? error : addErrors(error, row));
  const lookups = lookupRounds(plan.columns, lookupTables(plan), coordinate);
  // Alpha, beta and gamma are three challenges and one round.
  const drawn = lookups.reduce((sum, { count }) => sum + count, lookups.length > 0 ? 2 : 0);
  const { outputs, padding } = pointVars(plan);
  const sumchecks = channel.challenges - drawn - outputs - padding - merges.length - joined.length - cubic;
  return summed([
    ...(listed ? listedRounds(plan, [...claims, ...channel.leftValues], cubic > 0 ? cubicError : roundError) : []),
    ...lookups,
    { what: 'relations: coordinate of an output', count: outputs, error: coordinate(joinError) },
    { what: 'relations: coordinate behind a hidden constant', count: padding, error: coordinate(joinError) },
    ...merges.map((n): Rounds => ({ what: `relations: joining ${n} claims`, count: 1, error: mergeError(n) })),
    ...joined.map((n): Rounds => ({ what: `relations: joining ${n} sumchecks`, count: 1, error: mergeError(n) })),
    { what: 'relations: round of a sumcheck', count: sumchecks, error: coordinate(roundError) },
    { what: 'relations: round of joint sumchecks', count: cubic, error: cubicError },
    ...openingRounds(plan, claims.length + (listed ? 1 : 0), channel),
  ]);
};

/**
 * Rounds of a witness that is decoded to a list: those of its sample, and challenges that are coordinates of rows. That these are bad
 * is counted of them alone, and beside what else they are good for: of so many challenges few choose rows.
 * @param round the largest error that one of them has as a round
 */
const listedRounds = (plan: ProofPlan, claims: readonly Evaluation[], round: Fraction): Rounds[] => {
  const shapes = shapesOf(plan);
  const code = stackCode(shapes);
  const coordinates = new Set(claims.flatMap((claim) => termOf(claim, shapes).rowPoint.map(String)));
  const sampled = addErrors(sampleError(code, 1), rowError(code));
  return [
    { what: 'sample: coordinate of its point', count: wholeOf(plan).vars, error: sampled },
    { what: 'claims: coordinate of rows', count: coordinates.size, error: addErrors(round, rowError(code)) },
  ];
};

/** All rounds of a proof, and what they come to. */
export const summed = (all: readonly Rounds[]): Soundness => {
  const rounds = all.filter(({ count }) => count > 0);
  const worst = rounds.reduce(larger);
  const sum = rounds
    .map(({ count, error }) => fraction(BigInt(count) * error.numerator, error.denominator))
    .reduce(addErrors, fraction(0n, FIELD));
  return { rounds, worst, bits: bitsOfError(worst.error), sum };
};
