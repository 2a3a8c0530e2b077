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
  /** The issuer of persons that is believed here; `null` for none. */
  readonly believed: BelievedIssuer | null;
  /** Base units of the court's currency that one coin of the chain is worth; `null` where nobody said so. */
  readonly coinUnits: bigint | null;
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
  const peopled = new Set<Hex>();
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

  /** Of each policy whether anybody whom it draws has joined; once somebody has, that is so for ever. What cannot be read is not taken for a no. */
  const peopledOf = async (cases: readonly ContractCase[]): Promise<Result<ReadonlySet<Hex>>> => {
    const policies = new Map(cases.map(({ policyId, policy }) => [policyId, policy]));
    for (const [policyId, policy] of policies) {
      if (peopled.has(policyId)) continue;
      const joined = await hasPeople(chain, setting, policy);
      if (!joined.ok) return joined;
      if (joined.value) peopled.add(policyId);
    }
    return ok(peopled);
  };

  const around = async ({ block }: CourtBook): Promise<Result<Omit<Around, 'hasPeople'>>> => {
    const gasPrice = coinUnits === null ? null : await readGasPrice(chain);
    if (gasPrice?.ok === false) return gasPrice;
    const place = {
      chainId: chain.chainId,
      court: setting.court,
      panels: setting.panels,
      currency: setting.currency,
      environment,
    };
    return ok({
      chain: { ...place, block: Number(block.number), now: await chainNow(block) },
      persons,
      price: coinUnits === null || gasPrice === null ? null : { gasPriceWei: gasPrice.value, coinUnits },
    });
  };

  const readSaid = createSaid({ chain, setting, grounds });

  const show = async (cases: readonly ContractCase[], seen: CourtBook): Promise<Result<ChainCases>> => {
    const at = await around(seen);
    if (!at.ok) return at;
    const joined = await peopledOf(cases);
    if (!joined.ok) return joined;
    const shown = cases.map(async (of) =>
      chainCaseOf(
        of,
        { claim: await texts.find(of.question, of.outcomes, seen.block.number), saidBy: await readSaid(of) },
        { ...at.value, hasPeople: joined.value.has(of.policyId) },
      ),
    );
    return ok({ chain: at.value.chain, cases: await Promise.all(shown) });
  };

  return {
    restsOn: async (reading) => {
      const seen = await read();
      if (!seen.ok) return seen;
      const seats = seen.value.cases.flatMap(({ rounds }) => rounds.flatMap((round) => round.seats));
      return ok(seats.some((seat) => seat.reading?.toLowerCase() === reading));
    },
    list: async () => {
      const seen = await read();
      return seen.ok ? show(seen.value.cases.toReversed(), seen.value) : seen;
    },
    find: async (caseId) => {
      const seen = await read();
      if (!seen.ok) return seen;
      const found = seen.value.cases.find(({ id }) => id === BigInt(caseId));
      if (found !== undefined) {
        const shown = await show([found], seen.value);
        return shown.ok ? ok(shown.value.cases[0]!) : shown;
      }
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
