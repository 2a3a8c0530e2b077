/** Numbers of the options of trainings. */
import { UsageError } from './refusal.ts';
import type { Values } from './table.ts';

/** A whole number of an option. */
export const wholeIn = (
  values: Values,
  name: string,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise: number },
): number => {
  const given = values[name];
  if (given === undefined) return otherwise;
  const value = typeof given === 'string' && /^\d{1,6}$/.test(given) ? Number(given) : -1;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name} cannot be ${given}.`, `Give a number from ${least} to ${most}.`, `--${name}`);
};

/** `--widths 8,16,2`. */
export const widthsIn = ({ widths }: Values): readonly number[] => {
  if (typeof widths === 'string' && /^\d{1,4}(,\d{1,4})+$/.test(widths)) return widths.split(',').map(Number);
  const next =
    'Give the numbers of a sample, the units of hidden layers, and the classes: --widths 8,16,2, or --widths 8,2 for a regression.';
  throw new UsageError(
    widths === undefined ? 'A model needs its widths.' : `--widths cannot be ${widths}.`,
    next,
    '--widths',
  );
};

/** `--rate 1/16` as 4. */
export const rateBitsIn = ({ rate = '1/16' }: Values): number => {
  const bits =
    typeof rate === 'string' && /^1\/\d{1,2}$/.test(rate) ? Math.log2(Number(rate.slice(2))) : rate === '1' ? 0 : -1;
  if (Number.isInteger(bits) && bits >= 0 && bits <= 6) return bits;
  throw new UsageError(`--rate cannot be ${rate}.`, 'Give 1, 1/2, 1/4, 1/8, 1/16, 1/32 or 1/64.', '--rate');
};

/** `--momentum 29/32` as 29. */
export const momentumIn = ({ momentum = '29/32' }: Values): number => {
  const match = /^(\d{1,2})\/32$/.exec(String(momentum));
  if (momentum === '0') return 0;
  if (match !== null && Number(match[1]) < 32) return Number(match[1]);
  throw new UsageError(`--momentum cannot be ${momentum}.`, 'Give 0, or 32nds: 0/32 .. 31/32.', '--momentum');
};

const PPM_A_PERCENT = 10_000;

/** `--parity 5%` in millionths; null where it is not given. */
export const parityIn = ({ parity }: Values): number | null => {
  if (parity === undefined) return null;
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?%$/.exec(String(parity));
  const ppm = match === null ? -1 : Number(match[1]) * PPM_A_PERCENT + Number((match[2] ?? '').padEnd(4, '0'));
  if (ppm >= 0 && ppm <= 100 * PPM_A_PERCENT) return ppm;
  throw new UsageError(`--parity cannot be ${parity}.`, 'Give percent, up to four decimals: --parity 5%.', '--parity');
};
