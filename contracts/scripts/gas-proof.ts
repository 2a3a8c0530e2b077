/** What the proof route costs, by model: whole transactions as `osaka` counts them, with the floor of calldata's price. */
import { ProofVerifier } from '../../packages/chain/src/generated/index.ts';
import { CHAINS, modelOf, provedRun } from '../test/verifiers/chains.ts';
import { openProofVerifier } from '../test/verifiers/harness.ts';

type Row = readonly [call: string, gas: bigint];

const [NO_QUESTION, NO_RECORD] = [new Uint8Array(), new Uint8Array(32)];
const LENDERS = ['32 → 16 → 2', '16 → 32 → 8 → 1', '64 → 64 → 32 → 2'];

/** Gas of calldata alone: 4 a zero byte and 16 another, or 10 and 40 where a transaction does little else. */
const calldataGas = (bytes: Uint8Array): bigint => bytes.reduce((gas, byte) => gas + (byte === 0 ? 4n : 16n), 0n);

export const proofRows = async (): Promise<readonly Row[]> => {
  const route = await openProofVerifier();
  try {
    const rows: Row[] = [['ProofVerifier, bytes of its code', BigInt(ProofVerifier.bytecode.length / 2 - 1)]];
    for (const name of LENDERS) {
      const { run, proof } = await provedRun(await modelOf(CHAINS[name]!));
      const gas = BigInt(await route.gas(run, NO_QUESTION, NO_RECORD, proof));
      const what = `ProofVerifier.verify, ${name}, ${proof.length.toLocaleString('en-US')} bytes`;
      const calldata = calldataGas(proof);
      rows.push(
        [`${what}: all`, gas],
        [`${what}: calldata`, calldata],
        [`${what}: execution`, gas - calldata - 21_000n],
      );
    }
    return rows;
  } finally {
    await route.close();
  }
};
