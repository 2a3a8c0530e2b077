/** Floating point of 4 to 16 bits: what each pattern of bits stands for, and the nearest pattern of a number. */
export type Minifloat = {
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly bias: number;
  /** What the largest exponent means: infinities and NaN, NaN for all ones only, or nothing special. */
  readonly specials: 'ieee' | 'nan' | 'none';
  /** No negative zero; its pattern is the one NaN. */
  readonly fnuz?: true;
};

export const MINIFLOATS = {
  float16: { exponentBits: 5, mantissaBits: 10, bias: 15, specials: 'ieee' },
  bfloat16: { exponentBits: 8, mantissaBits: 7, bias: 127, specials: 'ieee' },
  float8e4m3fn: { exponentBits: 4, mantissaBits: 3, bias: 7, specials: 'nan' },
  float8e4m3fnuz: { exponentBits: 4, mantissaBits: 3, bias: 8, specials: 'none', fnuz: true },
  float8e5m2: { exponentBits: 5, mantissaBits: 2, bias: 15, specials: 'ieee' },
  float8e5m2fnuz: { exponentBits: 5, mantissaBits: 2, bias: 16, specials: 'none', fnuz: true },
  float4e2m1: { exponentBits: 2, mantissaBits: 1, bias: 1, specials: 'none' },
} as const satisfies Record<string, Minifloat>;

export type MinifloatName = keyof typeof MINIFLOATS;

/** The number that a pattern of bits stands for. */
export const fromBits = (bits: number, format: Minifloat): number => {
  const { exponentBits, mantissaBits, bias, specials } = format;
  const mantissa = bits & (2 ** mantissaBits - 1);
  const exponent = (bits >>> mantissaBits) & (2 ** exponentBits - 1);
  const sign = (bits >>> (exponentBits + mantissaBits)) & 1 ? -1 : 1;
  if (format.fnuz && sign < 0 && exponent === 0 && mantissa === 0) return Number.NaN;
  const top = exponent === 2 ** exponentBits - 1;
  if (top && specials === 'ieee') return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (top && specials === 'nan' && mantissa === 2 ** mantissaBits - 1) return Number.NaN;
  const scale = 2 ** (Math.max(exponent, 1) - bias - mantissaBits);
  return sign * (exponent === 0 ? mantissa : mantissa + 2 ** mantissaBits) * scale;
};

/** Largest finite number of a format. */
export const largestOf = ({ exponentBits, mantissaBits, bias, specials }: Minifloat): number => {
  const exponent = 2 ** exponentBits - 1 - bias - (specials === 'ieee' ? 1 : 0);
  const mantissa = 2 ** (mantissaBits + 1) - 1 - (specials === 'nan' ? 1 : 0);
  return mantissa * 2 ** (exponent - mantissaBits);
};

/** The nearest number of a format, ties to even mantissas, saturating. */
export const nearest = (x: number, format: Minifloat): number => {
  const largest = largestOf(format);
  const size = Math.abs(x);
  if (Number.isNaN(x) || size === 0) return x;
  const exponent = Math.max(Math.floor(Math.log2(size)), 1 - format.bias);
  const unit = 2 ** (exponent - format.mantissaBits);
  const units = size / unit;
  const down = Math.floor(units);
  const rest = units - down;
  const whole = rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
  return Math.sign(x) * Math.min(whole * unit, largest);
};
