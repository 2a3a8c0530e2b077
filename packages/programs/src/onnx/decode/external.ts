/** Weights beside the model: which file names a model may ask for. */

import type { ByteSource } from '../../source.ts';
import { malformed } from '../problems.ts';

/**
 * Opens a file of the model's own folder, or says that it has none of that name. Gets only relative paths of plain names;
 * it must itself refuse symbolic links.
 */
export type ExternalReader = (path: string) => ByteSource;

const MAX_PATH_BYTES = 1024;

/** The path itself, if it is one of plain names below the model's folder. */
export const plainPath = (path: string, where: string): string => {
  const names = path.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  const bad = (name: string) => name === '' || name === '..' || name === '.' || /[\\:\u0000-\u001f]/.test(name);
  const first = names[0] === '.' ? names.slice(1) : names;
  if (path.length > MAX_PATH_BYTES || first.length === 0 || first.some(bad)) {
    throw malformed(where, `${where} keeps its data in a file outside the model's folder.`, path);
  }
  return first.join('/');
};
