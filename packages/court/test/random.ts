/** Random numbers that a seed repeats. */

/** A source of whole numbers: 32 bits at a time by the splitmix finaliser over a counter. */
export const splitmix = (seed: number) => {
  let counter = seed >>> 0;
  const bits = (): number => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let z = counter;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  /** 0 <= x < 1. */
  const unit = (): number => bits() / 2 ** 32;
  /** A whole number of `low .. high`. */
  const int = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  return {
    bits,
    unit,
    int,
    pick: <T>(list: readonly T[]): T => list[int(0, list.length - 1)]!,
    chance: (percent: number): boolean => unit() * 100 < percent,
  };
};
