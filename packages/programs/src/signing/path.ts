/** Names of files within a model, and which of them a signature leaves out (OMS 1.0, sections 6.1.2 and 6.2). */

/** Longest name that is read. */
export const MAX_PATH_LENGTH = 4096;

/** Left out of every signature, at the top of the model only. */
export const ALWAYS_IGNORED = ['.git', '.gitattributes', '.github', '.gitignore'] as const;

/** Relative, `/` between parts, no empty part, no `.`, no `..`: then a name cannot leave the model's folder. */
export const isCanonicalPath = (path: string): boolean =>
  path.length > 0 &&
  path.length <= MAX_PATH_LENGTH &&
  path.isWellFormed() &&
  !path.includes('\0') &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** A canonical path without the characters that other tools would read as a pattern. */
export const isIgnorePath = (path: string): boolean => isCanonicalPath(path) && !/[*?[]/.test(path);

/** Whether a path is one of these, or lies below one of them. */
export const isIgnored = (path: string, ignored: ReadonlySet<string>): boolean => {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    if (ignored.has(path.slice(0, end))) return true;
  }
  return ignored.has(path);
};

/** Order by Unicode code point, as the specification sorts names; JavaScript's own order is by UTF-16 unit. */
export const byCodePoint = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};
