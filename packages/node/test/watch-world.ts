/** A real chain with the contracts, and parties on it that hold a program: for tests and benchmarks of the watcher. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Chain,
  type Claim,
  type Contracts,
  claimIdOf,
  connect,
  createClaimBook,
  deployOn,
  readTerms,
  type Submitted,
  submit,
} from '@surety/chain';
import { concatBytes, to0x, toHex, unwrap } from '@surety/core';
import {
  type CheckedProgram,
  commitProgram,
  listRoot,
  type Tensor,
  writeProgram,
  writeTensors,
} from '@surety/programs';
import type { Run } from '@surety/proofs';
import { type LocalChain, startChain } from '../../chain/test/local-chain.ts';
import { createAlerts } from '../src/watch/alerts.ts';
import { type Checks, createChecks } from '../src/watch/checks.ts';
import { createHoldings, type Holdings } from '../src/watch/holdings.ts';
import { fund } from '../src/watch/money.ts';
import type { Alert, Move } from '../src/watch/moves.ts';
import { optimisticRoute } from '../src/watch/optimistic.ts';
import { checkedRoute } from '../src/watch/proofs/checked.ts';
import { type ProofHoldings, proofFile, proofHoldings } from '../src/watch/proofs/held.ts';
import { asksForStepData, stepsRoute } from '../src/watch/proofs/steps.ts';
import type { Route } from '../src/watch/route.ts';
import { createWatcher, type Look, type Watcher } from '../src/watch/watch.ts';

type Hex = `0x${string}`;

/** Keys of anvil's third and later well-known accounts, worth nothing anywhere. */
const KEYS = [
  '5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a',
  '7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6',
  '47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a',
  '8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba',
] as const;

/** Of parties 0 and 1. */
export const PROVIDER_KEY = KEYS[0];
export const WATCHER_KEY = KEYS[1];

const DEPLOYER = 'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

export type Party = {
  readonly chain: Chain;
  readonly me: Hex;
  /** What it holds lies there. */
  readonly folder: string;
  readonly holdings: Holdings;
  readonly proofs: ProofHoldings;
  readonly checks: Checks;
  readonly watcher: Watcher;
  readonly alerts: Alert[];
  readonly moves: { readonly move: Move; readonly sent: Submitted }[];
  /** Looks, runs what there is to run, and looks again, until nothing is left to do at this block. */
  readonly settle: () => Promise<Look | null>;
  readonly close: () => Promise<void>;
};

export type PartyOptions = {
  readonly rpcUrl?: string;
  /** What its claims are answered from; its holdings, unless it lies. */
  readonly route?: (holdings: Holdings) => Route;
  /** The same of claims by steps. */
  readonly steps?: Route;
  /** Nodes that publish the data of claims by steps. */
  readonly nodeUrls?: readonly string[];
  /** Most that it stakes on asking for data, micro-dollars a day. */
  readonly maxDataStakeMicroUsd?: bigint;
  readonly folder?: string;
  readonly skewSeconds?: number;
  readonly now?: () => number;
  readonly outbidSeconds?: number;
};

export type World = {
  readonly local: LocalChain;
  readonly contracts: Contracts;
  readonly folder: string;
  readonly party: (index: number, options?: PartyOptions) => Promise<Party>;
  /** Posts a claim about a run, in the name of a party. */
  readonly post: (party: Party, run: Run, terms?: Partial<Claim['request']>) => Promise<Claim & { readonly id: Hex }>;
  /** A home folder that holds these inputs. */
  readonly home: (inputs: readonly (readonly Tensor[])[]) => string;
  /** Moves the chain's clock. */
  readonly pass: (seconds: number) => Promise<void>;
  readonly nowOnChain: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** Programs and inputs as files. */
export const holdFiles = (folder: string, programs: readonly CheckedProgram[]): void => {
  for (const program of programs)
    writeFileSync(join(folder, `${toHex(commitProgram(program).id)}.program`), concatBytes(...writeProgram(program)));
};

export const createWorld = async (...anvil: readonly string[]): Promise<World> => {
  const local = await startChain(...anvil);
  const deployer = unwrap(await connect(local.rpcUrl, { key: DEPLOYER }));
  const { contracts } = unwrap(await deployOn(deployer));
  const worldFolder = mkdtempSync(join(tmpdir(), 'surety-world-'));
  const parties: Party[] = [];

  const party = async (index: number, options: PartyOptions = {}): Promise<Party> => {
    const chain = unwrap(await connect(options.rpcUrl ?? local.rpcUrl, { key: KEYS[index]! }));
    const me = chain.account!.address;
    const folder = options.folder ?? worldFolder;
    const holdings = await createHoldings({ programs: [folder], files: () => [], inputs: join(folder, 'inputs') });
    const alerts: Alert[] = [];
    const moves: Party['moves'] = [];
    const now = options.now ?? (() => Math.floor(Date.now() / 1_000));
    const route = (options.route ?? ((held) => optimisticRoute(held, () => [])))(holdings);
    const proofs = proofHoldings(folder, holdings, [folder], options.nodeUrls);
    const checks = createChecks({
      me,
      routes: new Map([
        [contracts.tensorVerifier.toLowerCase(), route],
        [contracts.proofVerifier.toLowerCase(), checkedRoute((claimId) => proofFile(folder, claimId))],
        [contracts.proofStepVerifier.toLowerCase(), options.steps ?? stepsRoute(proofs.architectures, proofs.data)],
      ]),
      draws: () => true,
      now,
      onChecked: () => undefined,
    });
    const terms = unwrap(await readTerms(chain, contracts));
    const watcher = createWatcher({
      chain,
      contracts,
      terms,
      me,
      checks,
      now,
      alerts: createAlerts({ say: (alert) => alerts.push(alert) }),
      book: createClaimBook(chain, contracts, { fromBlock: 0n, stakePpm: terms.stakePpm }),
      policy: {
        maxStakeMicroUsd: 10n ** 12n,
        maxDataStakeMicroUsdPerDay: options.maxDataStakeMicroUsd ?? 10n ** 12n,
        maxPrepayWeiPerDay: 10n ** 20n,
        riskSeconds: 30,
      },
      asksForData: asksForStepData(contracts.proofStepVerifier),
      skewSeconds: options.skewSeconds ?? 0,
      outbidSeconds: options.outbidSeconds ?? 15,
      fund: (microUsd, purpose) =>
        fund(chain, contracts, microUsd, purpose, { outbidSeconds: options.outbidSeconds ?? 15 }),
      onMove: (move, _view, sent) => moves.push({ move, sent }),
    });
    const done = (): number => moves.filter(({ sent }) => sent.kind === 'mined').length;
    const settle = async (): Promise<Look | null> => {
      for (let round = 0; round < 20; round++) {
        const before = done();
        await watcher.tick();
        await checks.idle();
        const look = await watcher.tick();
        if (done() === before) return look;
      }
      throw new RangeError('It moves on and on.');
    };
    const made = { chain, me, folder, holdings, proofs, checks, watcher, alerts, moves, settle, close: checks.close };
    parties.push(made);
    return made;
  };

  const nowOnChain = async (): Promise<number> => Number((await deployer.reader.getBlock()).timestamp);

  return {
    local,
    contracts,
    folder: worldFolder,
    party,
    nowOnChain,
    home: (inputs) => {
      const home = mkdtempSync(join(tmpdir(), 'surety-home-'));
      const folder = join(home, 'claims', 'inputs');
      mkdirSync(folder, { recursive: true });
      for (const each of inputs) writeFileSync(join(folder, `${toHex(listRoot(each))}.json`), writeTensors(each));
      return home;
    },
    post: async ({ chain, me }, run, terms = {}) => {
      const request: Claim['request'] = {
        requester: me,
        provider: me,
        program: to0x(run.program),
        input: to0x(run.input),
        verifier: contracts.tensorVerifier,
        priceMicroUsd: 0n,
        bondMicroUsd: 50_000_000n,
        deadline: 2n ** 40n,
        windowSeconds: 600,
        clockSeconds: 600,
        premiumPpm: 0,
        proofRequired: false,
        callback: `0x${'0'.repeat(40)}`,
        nonce: BigInt(to0x(crypto.getRandomValues(new Uint8Array(32)))),
        ...terms,
      };
      const claim: Claim = { request, provider: me, output: to0x(run.output), trace: to0x(run.trace) };
      const id = claimIdOf(claim, { chainId: chain.chainId, arbiter: contracts.arbiter });
      unwrap(await fund(chain, contracts, request.bondMicroUsd, id));
      const sent = await submit(chain, contracts, { kind: 'claim', claim, signature: '0x', shown: [] });
      if (sent.kind !== 'mined') throw new RangeError(JSON.stringify(sent));
      return { ...claim, id };
    },
    pass: async (seconds) => {
      await local.rpc('evm_increaseTime', [seconds]);
      await local.rpc('evm_mine');
    },
    stop: async () => {
      for (const each of parties) await each.close();
      await local.kill();
    },
  };
};
