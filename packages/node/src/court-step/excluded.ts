/** Who may not sit in a case, as a file: one address a line. */
import { readFileSync } from 'node:fs';
import { parseAddress, SuretyError, unwrap } from '@surety/core';

/**
 * The addresses in EIP-55 form, in the file's order.
 * @throws {SuretyError} `input.empty`, `input.malformed` and what an address may be refused for
 */
export const readExcluded = (file: string): readonly string[] => {
  const field = '--excluded';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const message = `${file} cannot be read.`;
    throw new SuretyError({ code: 'input.malformed', message, next: 'Name a file of addresses.', field }, { cause });
  }
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > 0) return [...new Set(lines.map((line) => unwrap(parseAddress(line, { field, lenient: true }))))];
  const message = `${file} holds no address.`;
  throw new SuretyError({ code: 'input.empty', message, next: 'Write one address a line.', field });
};
