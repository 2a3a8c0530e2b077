/** Probabilities as bars and lines of block characters. */

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Parts per million as people read them: `93.4 %`. Rounded down to a tenth, so that 99.96 % is not 100 %. */
export const percent = (ppm: number): string => {
  const tenths = Math.floor(ppm / 1_000);
  return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
};

/** A bar of `width` cells. */
export const bar = (ppm: number, width: number): string => {
  const eighths = Math.floor((ppm * width * 8) / 1_000_000);
  const filled = '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
  return filled + '░'.repeat(Math.max(0, width - [...filled].length));
};

/** A line of at most `width` levels, thinned evenly, the last value always shown. */
export const spark = (ppms: readonly number[], width: number): string => {
  const step = Math.max(1, Math.ceil(ppms.length / width));
  const shown = ppms.filter((_ppm, i) => (ppms.length - 1 - i) % step === 0);
  return shown.map((ppm) => LEVELS[Math.min(7, Math.floor((ppm * 8) / 1_000_000))]!).join('');
};
