/** What is said of a proof that does not hold. */
import type { Problem } from '@surety/core';

export const refuted = (message: string, field = 'proof'): Problem => ({
  code: 'proof.refuted',
  message: `The proof does not hold: ${message}.`,
  next: 'Do not rely on the run. Get the proof again from whoever made it.',
  field,
});
