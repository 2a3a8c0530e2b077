/** Draws and votes of a panel. Whether a step took effect is read from the panel and its seats. */
import { encodeFunctionData, type Hex, isAddressEqual } from 'viem';
import { SEAT_STATES, type SeatState } from '../court/case.ts';
import { COURT_GAS } from '../court/gas.ts';
import type { CourtPanelIntent } from '../court/intent.ts';
import { panelAt } from '../court/views.ts';
import { CourtPanels } from '../generated/index.ts';
import type { Call } from '../send.ts';
import type { Handler, View } from './handler.ts';

type Of<K extends CourtPanelIntent['kind']> = Extract<CourtPanelIntent, { readonly kind: K }>;
type InSeat = Extract<CourtPanelIntent, { readonly seat: number }>;

const { abi } = CourtPanels;

const callTo = ({ kind, at }: CourtPanelIntent, data: Hex): Call => ({
  to: at.panels,
  data,
  mostGas: COURT_GAS[kind],
});

const panelOf = ({ at, caseId, round }: CourtPanelIntent, view: View) => {
  const { blockNumber } = view.at;
  return panelAt(view.chain, at, caseId, round, blockNumber === undefined ? undefined : { number: blockNumber });
};

const seatOf = async ({ at: { panels }, caseId, round, seat }: InSeat, { chain, at }: View) => {
  const args = [caseId, round, seat] as const;
  const found = await chain.reader.readContract({ ...at, abi, address: panels, functionName: 'seatOf', args });
  const state: SeatState = SEAT_STATES[found.state] ?? 'empty';
  return { state, juror: found.juror };
};

const among =
  (...states: readonly SeatState[]) =>
  async (intent: InSeat, view: View): Promise<boolean> =>
    states.includes((await seatOf(intent, view)).state);

export const draw: Handler<Of<'court-draw'>> = {
  call: (intent) =>
    callTo(
      intent,
      encodeFunctionData({
        abi,
        functionName: 'draw',
        args: [intent.caseId, intent.round, intent.proof, intent.elements],
      }),
    ),
  effective: async (intent, view) => (await panelOf(intent, view)).drawn === 'whole',
};

export const drawByFallback: Handler<Of<'court-draw-by-fallback'>> = {
  call: (intent) =>
    callTo(
      intent,
      encodeFunctionData({
        abi,
        functionName: 'drawByFallback',
        args: [intent.caseId, intent.round, intent.header, intent.elements],
      }),
    ),
  effective: async (intent, view) => (await panelOf(intent, view)).drawn !== 'not',
};

export const strike: Handler<Of<'court-strike'>> = {
  call: (intent) => {
    const { caseId, round, seat, proof, elements } = intent;
    const args = [caseId, round, seat, proof, elements] as const;
    return callTo(intent, encodeFunctionData({ abi, functionName: 'strike', args }));
  },
  effective: async (intent, view) => !isAddressEqual((await seatOf(intent, view)).juror, intent.juror),
};

export const commit: Handler<Of<'court-commit'>> = {
  call: (intent) =>
    callTo(intent, encodeFunctionData({ abi, functionName: 'commit', args: [intent.caseId, intent.commitment] })),
  effective: among('committed', 'revealed', 'copied', 'shown', 'settled'),
};

/** Of the two that open a commitment. */
const opening = <K extends 'court-reveal' | 'court-show-early'>(
  functionName: 'reveal' | 'showEarly',
  effective: Handler<Of<K>>['effective'],
): Handler<Of<K>> => ({
  call: (intent: Of<'court-reveal' | 'court-show-early'>) => {
    const { caseId, juror, vote, reading, salt } = intent;
    return callTo(intent, encodeFunctionData({ abi, functionName, args: [caseId, juror, vote, reading, salt] }));
  },
  effective,
});

export const reveal = opening<'court-reveal'>('reveal', among('revealed', 'copied', 'shown', 'settled'));
export const showEarly = opening<'court-show-early'>('showEarly', among('revealed', 'copied', 'shown', 'settled'));

export const settleSeat: Handler<Of<'court-settle-seat'>> = {
  call: (intent) =>
    callTo(
      intent,
      encodeFunctionData({
        abi,
        functionName: 'settleSeat',
        args: [intent.caseId, intent.round, intent.seat],
      }),
    ),
  effective: among('settled'),
};
