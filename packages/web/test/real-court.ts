/**
 * A court of contracts beside a whole node, as people have it: the node is a process with its own chain, the court is deployed, joined
 * and served by commands. What has no command is done by transactions: an escrow that asks, and people's stakes.
 */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Chain,
  type ContractCase,
  type CourtIntent,
  type CourtSetting,
  connect,
  createCourtBook,
  predictAddresses,
  readCourt,
  submit,
} from '@surety/chain';
import { claimIdOf, encode, type QuestionClaim, to0x, unwrap } from '@surety/core';
import { type Abi, encodeDeployData, encodeFunctionData, keccak256, numberToHex, stringToHex } from 'viem';
import { compileContract } from '../../../contracts/test/support/compile.ts';
import { DevDollar } from '../../chain/src/generated/index.ts';
import { send } from '../../chain/src/send.ts';
import { folder, here } from '../../cli/src/testing.ts';
import { startNode } from '../../cli/src/testing-node.ts';

type Hex = `0x${string}`;

/** What a step takes beside the court's address. */
type Step = CourtIntent extends infer I ? (I extends CourtIntent ? Omit<I, 'at'> : never) : never;

export type RealCourt = {
  readonly url: string;
  readonly setting: CourtSetting;
  readonly rpc: (method: string, params?: readonly unknown[]) => Promise<unknown>;
  /** A command with the key of somebody who has gas and dollars; what it printed as JSON. */
  readonly run: (who: string, ...args: string[]) => Promise<unknown>;
  /** A juror's service, until the court ends. */
  readonly serve: (who: string, family: string) => void;
  readonly member: (who: string) => Promise<Chain>;
  readonly must: (by: Chain, step: Step) => Promise<void>;
  readonly dollars: (of: Chain) => Promise<bigint>;
  readonly mineAt: (seconds: number) => Promise<void>;
  readonly caseNow: () => Promise<ContractCase>;
  /** Waits until the services have brought the case there. */
  readonly until: (what: string, is: (of: ContractCase) => boolean) => Promise<ContractCase>;
  readonly openEscrow: (claim: QuestionClaim, price: bigint) => Promise<Escrow>;
  readonly stop: () => Promise<void>;
};

export type Escrow = { readonly handIn: (client: Chain, freelancer: Chain) => Promise<void> };

const GIVEN_UNITS = 1_000_000_000n;

export const startRealCourt = async (over: NodeJS.ProcessEnv): Promise<RealCourt> => {
  const cwd = folder();
  const home = join(cwd, '.surety');
  const first = await startNode(home);
  const deployed = await here(['court', 'deploy', '--yes', '--json'], cwd);
  assert.equal(deployed.code, 0, deployed.stderr + deployed.stdout);
  const { court, policy } = JSON.parse(deployed.stdout) as { readonly court: Hex; readonly policy: Hex };
  first.stop();
  await first.ended;
  const node = await startNode(home, { SURETY_COURT: court, ...over });
  const { rpcUrl } = JSON.parse(readFileSync(join(home, 'env.json'), 'utf8')) as { readonly rpcUrl: string };
  const reader = unwrap(await connect(rpcUrl));
  const setting = unwrap(await readCourt(reader, court));
  const at = { court: setting.court, panels: setting.panels, jurors: setting.jurors };
  const contracts = predictAddresses({ operator: `0x${'0'.repeat(40)}` });
  const rpc: RealCourt['rpc'] = (method, params = []) =>
    reader.reader.request({ method, params } as never) as Promise<unknown>;
  const must = async (by: Chain, step: Step, tries = 4): Promise<void> => {
    const sent = await submit(by, contracts, { ...step, at } as CourtIntent);
    // Others join and vote at the same time, so that a step may come to need more gas than when it was estimated.
    if (sent.kind === 'lost' && tries > 0) return must(by, step, tries - 1);
    assert.equal(sent.kind, 'mined', JSON.stringify([step.kind, 'problem' in sent ? sent.problem : sent.kind]));
  };
  const call = async (by: Chain, to: Hex, data: Hex): Promise<void> => {
    const sent = await send(by, { to, data });
    assert.equal(sent.kind, 'mined', JSON.stringify('problem' in sent ? sent.problem : sent.kind));
  };
  const members = new Map<string, Chain>();
  const member = async (who: string): Promise<Chain> => {
    const known = members.get(who);
    if (known !== undefined) return known;
    const key = keccak256(stringToHex(who)).slice(2);
    writeFileSync(join(cwd, who), key);
    const chain = unwrap(await connect(rpcUrl, { key }));
    members.set(who, chain);
    await rpc('anvil_setBalance', [chain.account!.address, numberToHex(10n ** 20n)]);
    const args = [chain.account!.address, GIVEN_UNITS, keccak256(stringToHex(`mint ${who}`))] as const;
    const data = encodeFunctionData({ abi: DevDollar.abi, functionName: 'mintDevelopment', args });
    await call(chain, setting.currency, data);
    return chain;
  };
  const stopping = new AbortController();
  const serving: Promise<unknown>[] = [];
  const caseNow = async (): Promise<ContractCase> =>
    unwrap(await createCourtBook(reader, setting, { fromBlock: 0n }).read()).cases[0]!;
  return {
    ...{ url: node.url, setting, rpc, member, must, caseNow },
    run: async (who, ...args) => {
      await member(who);
      const ran = await here([...args, '--key', who, '--yes', '--json'], cwd);
      assert.equal(ran.code, 0, ran.stderr + ran.stdout);
      return JSON.parse(ran.stdout) as unknown;
    },
    serve: (who, family) => {
      const args = ['court', 'serve', '--family', family, '--key', who, '--poll', '1', '--json'];
      // Without a relay of drand panels are drawn by the chain's own block.
      serving.push(
        here([...args, '--drand', 'http://127.0.0.1:9', '--url', node.url], cwd, { signal: stopping.signal }),
      );
    },
    dollars: (of) =>
      reader.reader.readContract({
        ...{ abi: DevDollar.abi, address: setting.currency, functionName: 'balanceOf' },
        args: [of.account!.address],
      }),
    mineAt: async (seconds) => {
      await rpc('evm_setNextBlockTimestamp', [seconds]);
      await rpc('evm_mine');
    },
    until: async (what, is) => {
      for (let tries = 0; ; tries += 1) {
        const of = await caseNow();
        if (is(of)) return of;
        assert.ok(tries < 240, `not ${what}: ${of.state}, round ${of.rounds.length}`);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    },
    openEscrow: async (claim, price) => {
      const { abi, bytecode } = compileContract('examples/FreelanceEscrow.sol', 'FreelanceEscrow', { viaIR: false });
      const [from] = (await rpc('eth_accounts')) as readonly Hex[];
      const data = encodeDeployData({ abi: abi as Abi, bytecode, args: [court, policy, setting.currency] });
      const hash = (await rpc('eth_sendTransaction', [{ from, data }])) as Hex;
      const { contractAddress } = await reader.reader.waitForTransactionReceipt({ hash, pollingInterval: 50 });
      const escrow = contractAddress!;
      const ask = (by: Chain, functionName: string, args: readonly unknown[]) =>
        call(by, escrow, encodeFunctionData({ abi: abi as Abi, functionName, args }));
      return {
        handIn: async (client, freelancer) => {
          const allow = { abi: DevDollar.abi, functionName: 'approve', args: [escrow, price] } as const;
          await call(client, setting.currency, encodeFunctionData(allow));
          const due = Number((await reader.reader.getBlock()).timestamp) + 7 * 86_400;
          await ask(client, 'open', [freelancer.account!.address, price, `0x${claimIdOf(claim)}`, due]);
          await ask(freelancer, 'handIn', [1n, to0x(encode(claim))]);
        },
      };
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(serving);
      node.stop();
      await node.ended;
      rmSync(cwd, { recursive: true, force: true });
    },
  };
};
