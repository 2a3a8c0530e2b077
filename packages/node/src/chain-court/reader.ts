/** Cases of one court of contracts, read from the chain when they are asked for, with the claims behind their questions. */
import {
  type Chain,
  type ContractCase,
  type CourtBook,
  type CourtSetting,
  createCourtBook,
  hasPeople,
  readGasPrice,
  tokenDecimals,
} from '@surety/chain';
import { ok, type Result, refuse } from '@surety/core';
import type { ChainCase, ChainCases } from '@surety/protocol';
import { createClaimTexts } from '../juror/claim-text.ts';
import { createChainClock } from './chain-clock.ts';
import type { GroundsSource } from './grounds-store.ts';
import { type BelievedIssuer, courtPersons } from './persons.ts';
import { createSaid } from './said.ts';
import { type Around, chainCaseOf } from './view.ts';

type Hex = `0x${string}`;

export type ChainCourtOptions = {
  readonly chain: Chain;
  readonly setting: CourtSetting;
  readonly fromBlock: bigint;
  /** Nodes that are asked for claims that nobody published on the chain. */
  readonly nodes: readonly string[];
  /** A claim that is held here under that id, or anything else. */
  readonly held?: (id: string) => Promise<unknown>;
  /** Where texts behind votes are looked up. */
  readonly grounds: GroundsSource;
  readonly environment: 'development' | 'production';
  /** Base units of the court's currency that one coin of the chain is worth; `null` where nobody said so. */
  readonly coinUnits: bigint | null;
  /** The issuer of persons that is believed here; `null` for none. */
  readonly believed: BelievedIssuer | null;
  /** The own clock, unix seconds. */
  readonly now: () => number;
};

export type ChainCourtReader = {
  /** All cases, the newest first. */
  readonly list: () => Promise<Result<ChainCases>>;
  /** `court.case-unknown` for one that was not asked, or ended long ago. */
  readonly find: (caseId: number) => Promise<Result<ChainCase>>;
  /** Whether a vote that was opened rests on what has this digest. */
  readonly restsOn: (reading: Hex) => Promise<Result<boolean>>;
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
  const { chain, setting, fromBlock, nodes, held, grounds, environment, believed, coinUnits, now } = options;
  const book = createCourtBook(chain, setting, { fromBlock });
  const texts = createClaimTexts({ chain, fromBlock, nodes, ...(held === undefined ? {} : { held }) });
  let checked = false;
  let people = false;
  let persons: ChainCase['persons'] = null;
  const chainNow = createChainClock(chain, now);

  const read = async (): Promise<Result<CourtBook>> => {
    if (!checked) {
      const fits = await inDollars(options);
      if (!fits.ok) return fits;
      const named = await courtPersons(chain, setting, believed);
      if (!named.ok) return named;
      persons = named.value;
      checked = true;
    }
    return book.read();
  };

  const around = async ({ block }: CourtBook): Promise<Around> => {
    const gasPrice = coinUnits === null ? null : await readGasPrice(chain);
    if (!people) {
      const joined = await hasPeople(chain, setting);
      people = joined.ok && joined.value;
    }
    const place = {
      chainId: chain.chainId,
      court: setting.court,
      panels: setting.panels,
      currency: setting.currency,
      environment,
    };
    return {
      chain: { ...place, block: Number(block.number), now: await chainNow(block) },
      hasPeople: people,
      persons,
      price: coinUnits === null || !gasPrice?.ok ? null : { gasPriceWei: gasPrice.value, coinUnits },
    };
  };

  const readSaid = createSaid({ chain, setting, grounds });

  const viewOf = async (of: ContractCase, seen: CourtBook, at: Around): Promise<ChainCase> =>
    chainCaseOf(
      of,
      { claim: await texts.find(of.question, of.outcomes, seen.block.number), saidBy: await readSaid(of) },
      at,
    );

  return {
    restsOn: async (reading) => {
      const seen = await read();
      if (!seen.ok) return seen;
      const seats = seen.value.cases.flatMap(({ rounds }) => rounds.flatMap((round) => round.seats));
      return ok(seats.some((seat) => seat.reading?.toLowerCase() === reading));
    },
    list: async () => {
      const seen = await read();
      if (!seen.ok) return seen;
      const newest = seen.value.cases.toReversed();
      const at = await around(seen.value);
      const cases = await Promise.all(newest.map((of) => viewOf(of, seen.value, at)));
      return ok({ chain: at.chain, cases });
    },
    find: async (caseId) => {
      const seen = await read();
      if (!seen.ok) return seen;
      const found = seen.value.cases.find(({ id }) => id === BigInt(caseId));
      if (found !== undefined) return ok(await viewOf(found, seen.value, await around(seen.value)));
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
