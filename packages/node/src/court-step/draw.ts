/** Drawing a panel for whoever wants a ruling: jurors do it themselves where it pays. */
import { DRAW_ELEMENTS, type Intent, readHeader } from '@surety/chain';
import { SuretyError, unwrap } from '@surety/core';
import { contractProof } from '@surety/court/drand';
import { drandRounds } from '../drand.ts';
import { type At, caseOf, chainNow, type Planned } from './here.ts';

type Hex = `0x${string}`;

/** `drandUrl` is a relay, whose answer is verified. */
export type Drawing = { readonly kind: 'draw'; readonly caseId: number; readonly drandUrl: string };

const early = (caseId: bigint, message: string): never => {
  throw new SuretyError({
    code: 'court.too-early',
    message: `The panel of case ${caseId} cannot be drawn now: ${message}`,
    next: 'Try again; surety court says until when.',
    field: 'ID',
    value: String(caseId),
  });
};

export const drawing = async (here: At, { caseId, drandUrl }: Drawing): Promise<Planned> => {
  const { chain, at } = here;
  const of = await caseOf(here, caseId);
  const { number, panel } =
    (of.state === 'drawing' ? of.rounds.at(-1) : undefined) ?? early(of.id, `it is ${of.state}.`);
  const words = `Draw the panel of round ${number} in case ${of.id}. It costs its gas and nothing else.`;
  if (panel.drawn === 'whole') return { costUnits: 0n, words, intents: [] };
  const now = await chainNow(here);
  if (now < panel.beaconAt) early(of.id, `its beacon is due in ${panel.beaconAt - now} s.`);
  const inRound = { at, caseId: of.id, round: number, elements: DRAW_ELEMENTS };
  const byDrand = async (): Promise<Intent> => {
    const onError = (cause: unknown) => early(of.id, String(cause));
    const shown = await drandRounds({ mode: 'on', url: drandUrl, onError })(panel.beaconAt);
    if (shown === null) return early(of.id, 'the round of drand cannot be had.');
    return { kind: 'court-draw', ...inRound, proof: contractProof(shown.signature) as Hex };
  };
  const byBlock = async (): Promise<Intent> => {
    const header = unwrap(await readHeader(chain, panel.fallbackBlock));
    if (header === null) return early(of.id, `the header of block ${panel.fallbackBlock} cannot be had.`);
    return { kind: 'court-draw-by-fallback', ...inRound, header };
  };
  const begun = panel.drawn === 'in-part';
  const intent = begun
    ? ({ kind: 'court-draw', ...inRound, proof: '0x' } as const)
    : await (now < panel.fallbackAt ? byDrand() : byBlock());
  return { costUnits: 0n, words, intents: [intent] };
};
