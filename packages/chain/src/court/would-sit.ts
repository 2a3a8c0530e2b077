/** Whether a draw would seat somebody, before it is paid for: the beacon decides, so that it can be tried without being sent. */
import { ok, type Result } from '@surety/core';
import type { ContractFunctionParameters, Hex } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { CourtPanels } from '../generated/index.ts';
import type { CourtAddresses } from './case.ts';
import type { CourtPanelIntent } from './intent.ts';

type Draw = Extract<CourtPanelIntent, { readonly kind: 'court-draw' | 'court-draw-by-fallback' }>;

/**
 * Runs a draw in the block that is being made, and reads the seats after it, in one call that changes nothing.
 * @param seats how many the panel has
 * @returns `null` where the draw would be refused
 */
export const wouldSit = async (
  chain: Chain,
  { panels }: Pick<CourtAddresses, 'panels'>,
  draw: Draw,
  { juror, seats }: { readonly juror: Hex; readonly seats: number },
): Promise<Result<boolean | null>> => {
  const at = { abi: CourtPanels.abi, address: panels } as const;
  const { caseId, round, elements } = draw;
  const drawn: ContractFunctionParameters =
    draw.kind === 'court-draw'
      ? { ...at, functionName: 'draw', args: [caseId, round, draw.proof, elements] }
      : { ...at, functionName: 'drawByFallback', args: [caseId, round, draw.header, elements] };
  const places: readonly ContractFunctionParameters[] = Array.from({ length: seats }, (_, seat) => ({
    ...at,
    functionName: 'seatOf',
    args: [caseId, round, seat],
  }));
  const read = await attempt(chain, () =>
    chain.reader.multicall({ contracts: [drawn, ...places], deployless: true, batchSize: 0, blockTag: 'pending' }),
  );
  if (!read.ok) return read;
  const [first, ...found] = read.value;
  if (first?.status !== 'success') return ok(null);
  const jurors = found.map(({ result }) => (result as { readonly juror: Hex } | undefined)?.juror);
  return ok(jurors.some((each) => each?.toLowerCase() === juror.toLowerCase()));
};
