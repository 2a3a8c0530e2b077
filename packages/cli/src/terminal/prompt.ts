/** Yes or no from the person at the terminal. */
import { createInterface } from 'node:readline/promises';
import { SuretyError } from '@surety/sdk/base';

/**
 * Asks on stderr, so that stdout stays clean.
 * @throws {SuretyError} `cli.needs-yes` when nobody is there to answer
 */
export const confirm = async (question: string, { fallback }: { readonly fallback: boolean }): Promise<boolean> => {
  if (!process.stdin.isTTY) {
    const message = 'Nobody is at the terminal to confirm.';
    throw new SuretyError({ code: 'cli.needs-yes', message, next: 'Add --yes to go ahead without a question.' });
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = (await lines.question(`${question} ${fallback ? '[Y/n]' : '[y/N]'} `)).trim().toLowerCase();
    return answer === '' ? fallback : answer === 'y' || answer === 'yes';
  } catch (error) {
    // Ctrl-C and Ctrl-D at a question mean no.
    if ((error as { readonly code?: unknown }).code === 'ABORT_ERR') return false;
    throw error;
  } finally {
    lines.close();
  }
};
