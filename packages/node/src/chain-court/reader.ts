/** Cases of one court of contracts, read from the chain when they are asked for, with the claims behind their questions. */
import {
  type Chain,
  type ContractCase,
  type CourtBook,
  type CourtSetting,
  createCourtBook,
  tokenDecimals,
} from '@surety/chain';
import { ok, type Result, refuse } from '@surety/core';
import type { ChainCase, ChainCases } from '@surety/protocol';
import { createClaimTexts } from '../juror/claim-text.ts';
import { chainCaseOf } from './view.ts';

export type ChainCourtOptions = {
  readonly chain: Chain;
  readonly setting: CourtSetting;
  readonly fromBlock: bigint;
  /** Nodes that are asked for claims that nobody published on the chain. */
  readonly nodes: readonly string[];
  /** A claim that is held here under that id, or anything else. */
  readonly held?: (id: string) => Promise<unknown>;
  readonly environment: 'development' | 'production';
  /** Unix seconds of the own clock: how long the newest block has been known. */
  readonly now: () => number;
};

export type ChainCourtReader = {
  /** All cases, the newest first. */
  readonly list: () => Promise<Result<ChainCases>>;
  /** `court.case-unknown` for one that was not asked, or ended long ago. */
  readonly find: (caseId: number) => Promise<Result<ChainCase>>;
};

const DOLLAR_DECIMALS = 6;

/** Amounts are shown as dollars: a court in another currency is not shown at all. */
const inDollars = async ({ chain, setting }: ChainCourtOptions): Promise<Result<true>> => {
  const decimals = await tokenDecimals(chain, setting.currency);
  if (!decimals.ok) return decimals;
  if (decimals.value === DOLLAR_DECIMALS) return ok(true);
  return refuse({
    code: 'court.interface',
    message: `The court ${setting.court} is not in a dollar of 6 decimals, and only such courts are shown.`,
    next: 'Name a court in the dollar of the chain.',
    field: 'court',
    value: setting.currency,
  });
};

export const createChainCourt = (options: ChainCourtOptions): ChainCourtReader => {
  const { chain, setting, fromBlock, nodes, held, environment, now } = options;
  const book = createCourtBook(chain, setting, { fromBlock });
  const texts = createClaimTexts({ chain, fromBlock, nodes, ...(held === undefined ? {} : { held }) });
  let checked = false;
  let head = { hash: '', at: 0 };

  const read = async (): Promise<Result<CourtBook>> => {
    if (!checked) {
      const fits = await inDollars(options);
      if (!fits.ok) return fits;
      checked = true;
    }
    const seen = await book.read();
    if (seen.ok && seen.value.block.hash !== head.hash) head = { hash: seen.value.block.hash, at: now() };
    return seen;
  };

  const placeOf = ({ block }: CourtBook): ChainCase['chain'] => ({
    ...{ chainId: chain.chainId, court: setting.court, currency: setting.currency, environment },
    block: Number(block.number),
    now: block.timestamp + Math.max(0, now() - head.at),
  });

  const viewOf = async (of: ContractCase, seen: CourtBook): Promise<ChainCase> =>
    chainCaseOf(of, await texts.find(of.question, of.outcomes, seen.block.number), placeOf(seen));

  return {
    list: async () => {
      const seen = await read();
      if (!seen.ok) return seen;
      const newest = seen.value.cases.toReversed();
      const cases = await Promise.all(newest.map((of) => viewOf(of, seen.value)));
      return ok({ chain: placeOf(seen.value), cases });
    },
    find: async (caseId) => {
      const seen = await read();
      if (!seen.ok) return seen;
      const found = seen.value.cases.find(({ id }) => id === BigInt(caseId));
      if (found !== undefined) return ok(await viewOf(found, seen.value));
      return refuse({
        code: 'court.case-unknown',
        message: `The court ${setting.court} has no case ${caseId} of late.`,
        next: 'Run "surety court --chain" for the list.',
        field: 'ID',
        value: String(caseId),
      });
    },
  };
};
