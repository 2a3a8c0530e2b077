/** Taking seats from those whom the asker excluded. */
import { DRAW_ELEMENTS, type Intent } from '@surety/chain';
import { SuretyError } from '@surety/core';
import { exclusionProof, exclusionRoot } from '@surety/court';
import { readExcluded } from './excluded.ts';
import { type At, caseOf, type Planned } from './here.ts';

/** `excluded` is the file that the case's root is over. */
export type Striking = { readonly kind: 'strike'; readonly caseId: number; readonly excluded: string };

/** Seats of the panel that is being drawn; who is drawn instead may have to be struck again. */
export const striking = async (here: At, { caseId, excluded }: Striking): Promise<Planned> => {
  const of = await caseOf(here, caseId);
  const accounts = readExcluded(excluded);
  if (of.exclusions !== exclusionRoot(accounts))
    throw new SuretyError({
      code: 'court.not-excluded',
      message: `Those in ${excluded} are not whom case ${of.id} excludes.`,
      next: of.exclusions === null ? 'The case lets anybody sit.' : 'Give the list that the case was asked with.',
      field: '--excluded',
      ...(of.exclusions === null ? {} : { limit: of.exclusions }),
    });
  const round = of.state === 'drawing' ? of.rounds.at(-1) : undefined;
  const intents = (round?.seats ?? []).flatMap(({ seat, juror, state }): readonly Intent[] => {
    const proof = state === 'drawn' ? (exclusionProof(accounts, juror) as readonly `0x${string}`[] | null) : null;
    if (round === undefined || proof === null) return [];
    const of = { at: here.at, caseId: BigInt(caseId), round: round.number, seat, juror };
    return [{ kind: 'court-strike', ...of, proof, elements: DRAW_ELEMENTS }];
  });
  const words = `Strike ${intents.length} of the panel of case ${of.id}: they are excluded from it.`;
  return { costUnits: 0n, words, intents };
};
