/** A court with three jurors, an escrow that asks it, and a relay of drand that has the one round that is needed. For tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chain } from '@surety/chain';
import { claimIdOf, encode, type QuestionClaim, to0x } from '@surety/core';
import { QUICKNET } from '@surety/court/drand';
import { type Abi, encodeDeployData, encodeFunctionData, parseEventLogs } from 'viem';
import { compileContract } from '../../../contracts/test/support/compile.ts';
import { Court, DevDollar } from '../../chain/src/generated/index.ts';
import { send } from '../../chain/src/send.ts';
import { type CourtWorld, DRAND, enrol, startCourtWorld } from '../../chain/test/court-world.ts';

type Hex = `0x${string}`;

/** Three families that are sure of this name. */
export const FAMILIES = ['grams', 'trees', 'words'] as const;

export const CLAIM: QuestionClaim = {
  type: 'surety/claim/question/v1',
  subject: { kind: 'site', host: 'uniswap-claim-rewards.app' },
  predicate: 'scam',
  outcomes: ['scam', 'legitimate'],
  rule: { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 },
  budgetMicroUsd: '0',
  valueAtStakeMicroUsd: '500000',
  closesAt: DRAND.seconds,
  asker: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  nonce: '00112233445566778899aabbccddeeff',
};
export const CLAIM_BYTES: Hex = to0x(encode(CLAIM));
export const QUESTION: Hex = `0x${claimIdOf(CLAIM)}`;
export const PRICE_UNITS = 500_000n;

export type Escrow = {
  readonly address: Hex;
  /** A job under the claim, handed in: the court is asked. */
  readonly handIn: (client: Chain, freelancer: Chain) => Promise<bigint>;
};

export type JurorWorld = CourtWorld & {
  readonly jurors: readonly Chain[];
  readonly drandUrl: string;
  /** A folder that is gone with the world. */
  readonly folder: (name: string) => string;
  readonly openEscrow: () => Promise<Escrow>;
  readonly dollars: (of: Chain) => Promise<bigint>;
  readonly stop: () => Promise<void>;
};

const must = async (by: Chain, to: Hex, data: Hex) => {
  const sent = await send(by, { to, data });
  if (sent.kind !== 'mined') throw new RangeError(JSON.stringify(sent));
  return by.reader.getTransactionReceipt({ hash: sent.hash });
};

const openEscrow = async ({ setting, policyId, curator, local }: CourtWorld): Promise<Escrow> => {
  const { abi, bytecode } = compileContract('examples/FreelanceEscrow.sol', 'FreelanceEscrow', { viaIR: false });
  const from = curator.account!.address;
  const data = encodeDeployData({ abi: abi as Abi, bytecode, args: [setting.court, policyId, setting.currency] });
  const hash = (await local.rpc('eth_sendTransaction', [{ from, data }])) as Hex;
  const { contractAddress } = await curator.reader.waitForTransactionReceipt({ hash, pollingInterval: 20 });
  const address = contractAddress!;
  const call = (by: Chain, functionName: string, args: readonly unknown[]) =>
    must(by, address, encodeFunctionData({ abi: abi as Abi, functionName, args }));
  let jobs = 0n;
  const handIn: Escrow['handIn'] = async (client, freelancer) => {
    const approve = [address, PRICE_UNITS] as const;
    const { currency } = setting;
    await must(client, currency, encodeFunctionData({ abi: DevDollar.abi, functionName: 'approve', args: approve }));
    const due = DRAND.seconds + 7 * 86_400;
    await call(client, 'open', [freelancer.account!.address, PRICE_UNITS, QUESTION, due]);
    jobs += 1n;
    const { logs } = await call(freelancer, 'handIn', [jobs, CLAIM_BYTES]);
    return parseEventLogs({ abi: Court.abi, eventName: 'Asked', logs })[0]!.args.caseId;
  };
  return { address, handIn };
};

export const startJurorWorld = async (families: readonly string[] = FAMILIES): Promise<JurorWorld> => {
  const world = await startCourtWorld();
  const root = mkdtempSync(join(tmpdir(), 'surety-juror-'));
  const path = `/${QUICKNET.chainHash}/public/${DRAND.round}`;
  const relay = createServer(({ url }, response) => {
    if (url !== path) response.writeHead(404).end();
    else response.end(JSON.stringify({ round: DRAND.round, signature: DRAND.signature }));
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const jurors = await Promise.all(families.map((family) => world.member(`juror ${family}`)));
  for (const [i, by] of jurors.entries()) await enrol(world, by, `juror-model:${families[i]}`, i + 1);
  return {
    ...world,
    jurors,
    drandUrl: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    folder: (name) => join(root, name),
    openEscrow: () => openEscrow(world),
    dollars: (of) =>
      of.reader.readContract({
        ...{ abi: DevDollar.abi, address: world.setting.currency, functionName: 'balanceOf' },
        args: [of.account!.address],
      }),
    stop: async () => {
      relay.closeAllConnections();
      relay.close();
      await world.local.kill();
      rmSync(root, { recursive: true, force: true });
    },
  };
};
