/** A block's header as the court's fallback takes it: RLP, whose hash is the block's. */
import { ok, type Result } from '@surety/core';
import { type Hex, keccak256, numberToHex, toRlp } from 'viem';
import { attempt, type Chain } from '../client.ts';

/** Fields in the order of the header; those of later forks stand at the end. */
const FIELDS = [
  ...['parentHash', 'sha3Uncles', 'miner', 'stateRoot', 'transactionsRoot', 'receiptsRoot', 'logsBloom'],
  ...['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp', 'extraData', 'mixHash', 'nonce', 'baseFeePerGas'],
  ...['withdrawalsRoot', 'blobGasUsed', 'excessBlobGas', 'parentBeaconBlockRoot', 'requestsHash'],
] as const;

const QUANTITIES: ReadonlySet<string> = new Set([
  ...['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp', 'baseFeePerGas', 'blobGasUsed', 'excessBlobGas'],
]);

/** A number without leading zeros, as RLP writes it. */
const quantity = (value: Hex): Hex =>
  BigInt(value) === 0n ? '0x' : numberToHex(BigInt(value), { size: bytesOf(value) });
const bytesOf = (value: Hex): number => (BigInt(value).toString(16).length + 1) >> 1;

/**
 * The header of a block.
 * @returns `null` where the block is not there yet, or its header has fields that are not known here
 */
export const readHeader = async (chain: Chain, number: bigint): Promise<Result<Hex | null>> => {
  const block = await attempt(chain, () =>
    chain.reader.request({ method: 'eth_getBlockByNumber', params: [numberToHex(number), false] }),
  );
  if (!block.ok || block.value === null) return block.ok ? ok(null) : block;
  const fields = block.value as unknown as Readonly<Record<string, Hex | undefined>>;
  const present = FIELDS.filter((name) => fields[name] !== undefined && fields[name] !== null);
  const header = toRlp(present.map((name) => (QUANTITIES.has(name) ? quantity(fields[name]!) : fields[name]!)));
  return ok(keccak256(header) === fields.hash ? header : null);
};
