/**
 * What the lookup argument leaves to chance, as exact fractions.
 *
 * If a row is in no table, the two sums of fractions differ as functions of α, β and γ: denominators of different rows are
 * different linear polynomials, and that of this row stands in one sum only, as often as the row occurs, which is less than p
 * times. So with p/q the sum of all, `α·p − padding·q` is no zero polynomial; its degree is at most the number of rows. A layer
 * of the tree errs in λ, which joins its two claims, in the rounds of its sumcheck, and in the variable that joins its halves.
 */
import { type Fraction, fraction, SECURITY_BITS } from '../commit/soundness.ts';
import { P } from '../field/ext.ts';

const FIELD = BigInt(P) ** 4n;

/** The challenges α, β and γ: a polynomial that is not 0 is, at random, or α is. */
export const rowsError = (rows: number): Fraction => fraction(BigInt(rows) + 1n, FIELD);

/** The most rows that α, β and γ are good for; far below p. */
export const MAX_ROWS = Number(FIELD >> BigInt(SECURITY_BITS)) - 1;

/** A challenge of a round in the sumcheck of a layer: two polynomials of degree 2 agree. */
export const roundError: Fraction = fraction(2n, FIELD);

/** λ of a layer, or the variable that joins its halves: two linear polynomials agree. */
export const joinError: Fraction = fraction(1n, FIELD);
