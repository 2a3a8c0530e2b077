/**
 * What answers cost in Reality.eth 3.2 itself, on a chain like the one on which our steps are measured. Its bytecode is not
 * in this repository: the folder of the npm package `@reality.eth/contracts` is named by `REALITY_ETH_CONTRACTS`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Abi, type Hex, zeroAddress } from 'viem';
import { DRAND, startCourtChain, who } from '../../contracts/test/court/court-chain.ts';

export type AnswerGas = { readonly ask: bigint; readonly first: bigint; readonly later: bigint };

const YES: Hex = `0x${'1'.padStart(64, '0')}`;
const NO: Hex = `0x${'0'.repeat(64)}`;
const DAY_SECONDS = 86_400;

/** @returns undefined where the package is not there */
export const realityGas = async (): Promise<AnswerGas | undefined> => {
  const folder = process.env.REALITY_ETH_CONTRACTS ?? '';
  const path = join(folder, 'bytecode', 'RealityETH-3.2.bin');
  if (folder === '' || !existsSync(path)) return undefined;
  const abi = JSON.parse(readFileSync(join(folder, 'abi', 'solc-0.8.6', 'RealityETH-3.2.abi.json'), 'utf8')) as Abi;
  const chain = await startCourtChain(DRAND.seconds);
  try {
    const bytecode: Hex = `0x${readFileSync(path, 'utf8').trim()}`;
    const { address } = await chain.deploy({ abi, bytecode }, []);
    const ask = (nonce: bigint) =>
      chain.send(who(2), address, abi, 'askQuestionWithMinBond', [
        ...[0n, 'Did it rain?', zeroAddress, DAY_SECONDS, 0, nonce, 10_000n],
      ]);
    await ask(0n);
    const asked = await ask(1n);
    const logs = (await chain.local.rpc('eth_getLogs', [{ fromBlock: '0x0', address }])) as readonly {
      readonly topics: readonly Hex[];
    }[];
    const question = logs.at(-1)?.topics[1];
    const first = await chain.send(who(3), address, abi, 'submitAnswer', [question, NO, 0n], 10_000n);
    const later = await chain.send(who(4), address, abi, 'submitAnswer', [question, YES, 0n], 20_000n);
    return { ask: asked.gasUsed, first: first.gasUsed, later: later.gasUsed };
  } finally {
    await chain.local.kill();
  }
};
