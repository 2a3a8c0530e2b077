/** The court of contracts that a node follows, opened when somebody first looks. */
import { type Chain, firstCaseBlock, readCourt } from '@surety/chain';
import { ok, parseAddress, type Result, refuse } from '@surety/core';
import { coinUnitsOn } from '../juror/weigh.ts';
import { type ChainCourtOptions, type ChainCourtReader, createChainCourt } from './reader.ts';

type Hex = `0x${string}`;

export type OpenChainCourt = Pick<ChainCourtOptions, 'environment' | 'believed' | 'grounds' | 'now' | 'held'> & {
  readonly chain: Chain;
  /** Address of the court; `null` where the node follows none. */
  readonly court: string | null;
  /** What one coin of the chain is worth, base units of the court's currency; `null` where nobody said so. */
  readonly coinUnits: bigint | null;
};

const none: Result<never> = refuse({
  code: 'chain.not-deployed',
  message: 'This node follows no court of contracts.',
  next: 'Start it with SURETY_COURT set to the address of one ("surety court deploy" makes one for development).',
  field: 'SURETY_COURT',
});

export const openChainCourt = ({ chain, court, coinUnits, ...rest }: OpenChainCourt): ChainCourtReader => {
  let opened: ChainCourtReader | null = null;
  const open = async (): Promise<Result<ChainCourtReader>> => {
    if (opened !== null) return ok(opened);
    if (court === null) return none;
    const address = parseAddress(court, { field: 'SURETY_COURT', lenient: true });
    if (!address.ok) return address;
    const setting = await readCourt(chain, address.value as Hex);
    if (!setting.ok) return setting;
    const fromBlock = await firstCaseBlock(chain);
    if (!fromBlock.ok) return fromBlock;
    opened = createChainCourt({
      ...{ ...rest, chain, setting: setting.value, fromBlock: fromBlock.value, nodes: [] },
      coinUnits: coinUnits ?? coinUnitsOn(chain.chainId, setting.value),
    });
    return ok(opened);
  };
  return {
    list: async () => {
      const reader = await open();
      return reader.ok ? reader.value.list() : reader;
    },
    restsOn: async (reading) => {
      const reader = await open();
      return reader.ok ? reader.value.restsOn(reading) : reader;
    },
    find: async (caseId) => {
      const reader = await open();
      return reader.ok ? reader.value.find(caseId) : reader;
    },
  };
};
