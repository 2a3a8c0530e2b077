/**
 * Own requests on disk, one file each, as they were given to providers: what they promise stays in the own balance at the
 * Arbiter until they are answered, taken back or expired.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chain, type Contracts, readChainTime, readNonceUsed } from '@surety/chain';
import { ok, type Result } from '@surety/core';
import { writePrivateFile } from '../keys.ts';
import { jsonFiles } from './records.ts';
import { readRequestFile, type SignedRequest } from './request-file.ts';
import { same } from './sides.ts';

const folderOf = (home: string): string => join(home, 'requests');

/** @param digest what the requester signed */
export const keepRequest = (home: string, digest: string, text: string): void =>
  writePrivateFile(join(folderOf(home), `${digest}.json`), text);

const keptRequests = (home: string): readonly SignedRequest[] =>
  jsonFiles(folderOf(home)).flatMap((file) => {
    const read = readRequestFile(readFileSync(file, 'utf8'));
    return read.ok ? [read.value] : [];
  });

/** What own requests promise that can still be answered, micro-dollars. */
export const promisedMicroUsd = async (chain: Chain, contracts: Contracts, home: string): Promise<Result<bigint>> => {
  const me = chain.account?.address;
  const mine = keptRequests(home).filter(
    ({ chainId, arbiter, request }) =>
      me !== undefined && chainId === chain.chainId && same(arbiter, contracts.arbiter) && same(request.requester, me),
  );
  if (mine.length === 0) return ok(0n);
  const now = await readChainTime(chain);
  if (!now.ok) return now;
  let sum = 0n;
  for (const { request } of mine.filter(({ request: { deadline } }) => deadline >= BigInt(now.value))) {
    const used = await readNonceUsed(chain, contracts, request);
    if (!used.ok) return used;
    if (!used.value) sum += request.priceMicroUsd;
  }
  return ok(sum);
};
