import { idOf } from '../canonical.ts';
import type { Claim } from '../claim.ts';
import type { Json } from '../json.ts';

/** Whether a program's listed input is exactly what this claim asks: its subject and predicate, nothing else. */
export const isAboutClaim = (claim: Claim, input: Json): boolean =>
  idOf(input) === idOf({ predicate: claim.predicate, subject: claim.subject });
