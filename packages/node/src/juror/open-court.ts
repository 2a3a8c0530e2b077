/** What every program about a court of contracts begins with: the chain, the court, and the block where its cases begin. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Chain,
  type Contracts,
  type CourtAddresses,
  type CourtSetting,
  firstCaseBlock,
  readCourt,
} from '@surety/chain';
import { parseAddress, SuretyError, unwrap } from '@surety/core';
import { writePrivateFile } from '../keys.ts';
import { connectHere, contractsOf } from '../watch/program.ts';

type Hex = `0x${string}`;

export type CourtPlaces = {
  readonly home: string;
  /** Address of the court; `null` for the one that was deployed from this folder. */
  readonly court: string | null;
};

/** What is kept of a court that was deployed from a folder. */
export type CourtRecord = {
  readonly chainId: number;
  readonly court: Hex;
  readonly fromBlock: string;
  /** Id of the policy that was registered with it. */
  readonly policy: Hex;
};

export type CourtHere = {
  readonly chain: Chain;
  /** Of the rest of Surety on that chain. */
  readonly contracts: Contracts;
  readonly setting: CourtSetting;
  readonly at: CourtAddresses;
  /** First block that can hold a case of interest. */
  readonly fromBlock: bigint;
  /** Of a court that was deployed from this folder, the policy that was registered with it. */
  readonly policyId: Hex | null;
};

const fileOf = (home: string): string => join(home, 'court.json');

export const keepCourt = (home: string, record: CourtRecord): void =>
  writePrivateFile(fileOf(home), `${JSON.stringify(record, null, 2)}\n`);

const recorded = (home: string, chainId: number): CourtRecord | null => {
  if (!existsSync(fileOf(home))) return null;
  const record = JSON.parse(readFileSync(fileOf(home), 'utf8')) as CourtRecord;
  return record.chainId === chainId ? record : null;
};

/**
 * Opens the court of a task on the chain of `RPC_URL`.
 * @throws {SuretyError} `chain.not-deployed`, `input.malformed`, and what connecting refuses
 */
export const openCourt = async ({ home, court }: CourtPlaces): Promise<CourtHere> => {
  const chain = await connectHere();
  const record = recorded(home, chain.chainId);
  const named =
    court === null ? record?.court : (unwrap(parseAddress(court, { field: 'court', lenient: true })) as Hex);
  if (named === undefined)
    throw new SuretyError({
      code: 'chain.not-deployed',
      message: `No court of chain ${chain.chainId} is known in ${home}.`,
      next: 'Name one with --court ADDRESS, or deploy one with "surety court deploy".',
      field: 'court',
    });
  const setting = unwrap(await readCourt(chain, named));
  const own = record !== null && record.court.toLowerCase() === named.toLowerCase();
  const fromBlock = own ? BigInt(record.fromBlock) : unwrap(await firstCaseBlock(chain));
  const { panels, jurors } = setting;
  return {
    ...{ chain, setting, fromBlock, policyId: own ? (record.policy ?? null) : null },
    contracts: contractsOf(chain.chainId, {}),
    at: { court: setting.court, panels, jurors },
  };
};
