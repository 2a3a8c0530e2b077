/** A local chain on which anybody can be the sender, and a court in its own currency, for tests and for the gas report. */
import {
  type Abi,
  decodeErrorResult,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  numberToHex,
  pad,
  zeroAddress,
} from 'viem';
import { Court, DrandQuicknet, PersonTokens } from '../../../packages/chain/src/generated/index.ts';
import { type LocalChain, startChain } from '../../../packages/chain/test/local-chain.ts';

export type Artifact = { readonly abi: Abi | readonly unknown[]; readonly bytecode: Hex };
export type Mined = { readonly gasUsed: bigint; readonly address: Hex };

/** A published round of drand's quicknet: its signature, uncompressed. */
export const DRAND = {
  round: 657_413,
  seconds: 1_692_803_367 + 3 * (657_413 - 1),
  proof:
    '0x1713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b116c5214fdfb7ba78de63a90904f73c935e28a89e5c815c43a49dfc8058ed0d2b7de6f98eae4a917bb868989bd0302b7',
} as const;

/** Roles by a number, as addresses. */
export const who = (n: number): Hex => pad(numberToHex(0xacc0000 + n), { size: 20 });
export const CURATOR = who(1);

export type CourtChain = {
  readonly local: LocalChain;
  readonly court: Hex;
  readonly panels: Hex;
  readonly jurors: Hex;
  /** Of persons; the zero address where nobody is drawn by person. */
  readonly registry: Hex;
  /** Deploys and returns the address. */
  readonly deploy: (artifact: Artifact, args: readonly unknown[]) => Promise<Mined>;
  /** A transaction one second after the last, or at `at`; throws with the error's name where it reverts. */
  readonly send: (
    from: Hex,
    to: Hex,
    abi: Artifact['abi'],
    name: string,
    args: readonly unknown[],
    value?: bigint,
  ) => Promise<Mined>;
  readonly read: (to: Hex, abi: Artifact['abi'], name: string, args: readonly unknown[]) => Promise<unknown>;
  /** The next transaction is mined at this time, and later ones each a second after the other. */
  readonly till: (seconds: number) => void;
  /** All transactions from now on are mined at this time. */
  readonly still: (seconds: number) => void;
};

export type CourtOptions = {
  /** Of a constructor without arguments; drand's by default. */
  readonly beacon?: Artifact;
  /** Where the court is to be: hashes of votes bind it. */
  readonly address?: Hex;
  /** Whose tokens say who is one person; nobody's by default. The registry is the first contract of `who(0)`. */
  readonly persons?: { readonly issuer: string; readonly modulus: Hex };
};

const errorName = (abi: Abi, message: string): string => {
  const data = /0x[0-9a-f]{8,}/.exec(message)?.[0] as Hex | undefined;
  if (data === undefined) return message;
  try {
    return decodeErrorResult({ abi, data }).errorName;
  } catch {
    return data.slice(0, 10);
  }
};

/** @param start Unix seconds of the first block */
export const startCourtChain = async (start: number, options: CourtOptions = {}): Promise<CourtChain> => {
  const local = await startChain(
    '--timestamp',
    String(start),
    '--hardfork',
    'osaka',
    '--base-fee',
    '0',
    '--gas-price',
    '0',
  );
  await local.rpc('anvil_autoImpersonateAccount', [true]);
  let now = start;
  let pace = 1;

  const transact = async (transaction: Record<string, unknown>): Promise<Mined> => {
    now += pace;
    await local.rpc('anvil_setBalance', [transaction.from, numberToHex(10n ** 24n)]);
    await local.rpc('evm_setNextBlockTimestamp', [now]);
    const hash = await local.rpc('eth_sendTransaction', [{ gas: numberToHex(16_000_000), ...transaction }]);
    for (;;) {
      const receipt = (await local.rpc('eth_getTransactionReceipt', [hash])) as {
        readonly status: Hex;
        readonly gasUsed: Hex;
        readonly contractAddress: Hex | null;
      } | null;
      if (receipt === null) continue;
      if (receipt.status !== '0x1') throw new RangeError(`reverted: ${hash}`);
      return { gasUsed: BigInt(receipt.gasUsed), address: receipt.contractAddress ?? zeroAddress };
    }
  };

  const deploy: CourtChain['deploy'] = ({ abi, bytecode }, args) =>
    transact({ from: who(0), data: encodeDeployData({ abi: abi as Abi, bytecode, args }) });

  const send: CourtChain['send'] = async (from, to, abi, functionName, args, value = 0n) => {
    const data = encodeFunctionData({ abi: abi as Abi, functionName, args });
    const transaction = { from, to, data, value: numberToHex(value) };
    return transact(transaction);
  };

  const read: CourtChain['read'] = async (to, abi, functionName, args) => {
    const data = encodeFunctionData({ abi: abi as Abi, functionName, args });
    try {
      const result = (await local.rpc('eth_call', [{ to, data }, 'latest'])) as Hex;
      return decodeFunctionResult({ abi: abi as Abi, functionName, data: result });
    } catch (error) {
      throw new RangeError(errorName(abi as Abi, String(error)));
    }
  };

  const till = (seconds: number): void => {
    [now, pace] = [seconds - 1, 1];
  };
  const still = (seconds: number): void => {
    [now, pace] = [seconds, 0];
  };

  const { persons } = options;
  const registry =
    persons === undefined ? zeroAddress : (await deploy(PersonTokens, [persons.issuer, persons.modulus])).address;
  const beacon = await deploy(options.beacon ?? DrandQuicknet, []);
  const floor = { aiFee: 0n, aiSeconds: 0, peopleFee: 0n, peopleSeconds: 0 };
  const args = [zeroAddress, beacon.address, CURATOR, 1_000n, 100n, registry, floor];
  const deployed = (await deploy(Court, args)).address;
  const at = (name: string): Promise<Hex> => read(deployed, Court.abi, name, []) as Promise<Hex>;
  const [panels, jurors] = [await at('panels'), await at('jurors')];
  const court = options.address ?? deployed;
  // The same code with the court's address in it replaced: nothing else of it depends on where it is.
  for (const [to, from] of [
    [court, deployed],
    [panels, panels],
    [jurors, jurors],
  ] as const) {
    const code = (await local.rpc('eth_getCode', [from, 'latest'])) as string;
    const moved = code.replaceAll(deployed.slice(2).toLowerCase(), court.slice(2).toLowerCase());
    await local.rpc('anvil_setCode', [to, moved]);
  }
  return { local, court, panels, jurors, registry, deploy, send, read, till, still };
};
