/** Colours as people expect them: none when piped, under NO_COLOR (no-color.org) or on a dumb terminal. */

export type Style = {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
};

const NAMES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

type Env = { readonly [name: string]: string | undefined };

/** Whether to colour a stream. */
export const wantsColor = (env: Env, isTty: boolean): boolean => {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0';
  return isTty && env.TERM !== 'dumb';
};

const plain = (text: string): string => text;
const paint =
  ([on, off]: readonly [number, number]) =>
  (text: string): string =>
    `\u001b[${on}m${text}\u001b[${off}m`;

/** Painters, or the identity where colours are off. */
export const createStyle = (color: boolean): Style => ({
  bold: color ? paint(NAMES.bold) : plain,
  dim: color ? paint(NAMES.dim) : plain,
  red: color ? paint(NAMES.red) : plain,
  green: color ? paint(NAMES.green) : plain,
  yellow: color ? paint(NAMES.yellow) : plain,
  cyan: color ? paint(NAMES.cyan) : plain,
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts every colour
const CODES = /\u001b\[[0-9;]*m/g;

/** Text without colour codes, for measuring. */
export const bare = (text: string): string => text.replace(CODES, '');
