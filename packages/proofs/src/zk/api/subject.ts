/** The programs that proofs are about. */
import type { CheckedProgram } from '@surety/programs';

/** A program that everybody may hold. */
export type PublicProgram = {
  readonly kind: 'public';
  readonly program: CheckedProgram;
  /** P of the program (`commitProgram`): whoever states it vouches for it. */
  readonly id: Uint8Array;
};
