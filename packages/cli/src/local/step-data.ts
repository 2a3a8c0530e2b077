/** Publishing the data of a claim by steps at the node, so that whoever means to check the claim has them. */
import { openAccount } from '@surety/sdk';
import { type Problem, SuretyError } from '@surety/sdk/base';
import { storeFile } from '@surety/sdk/models';
import type { Context } from '../table.ts';
import { connect } from './connect.ts';
import { readBytes } from './files.ts';
import { ensureKey } from './keys.ts';

/** Largest file of data that a node takes. */
const MAX_BYTES = 33_554_432;

export type Published = { readonly url: string } | { readonly problem: Problem };

/**
 * @param data the file, and the trace that it is stored under
 * @returns where it is, or why it is nowhere: the claim can be made all the same
 */
export const publishStepData = async (
  context: Context,
  { file, trace }: { readonly file: string; readonly trace: string },
): Promise<Published> => {
  const { home, out, signal } = context;
  try {
    const bytes = readBytes(file, { what: 'The data of the proof', maxBytes: MAX_BYTES });
    const { client } = await connect(context);
    const account = await openAccount({ client, wallet: ensureKey(home, 'cli'), scope: 'publish', limitMicroUsd: 0n });
    const read = (offset: number, length: number): Uint8Array => bytes.subarray(offset, offset + length);
    out.progress('publishing the data of the proof');
    await storeFile(client, account, { kind: 'proofs', id: trace, file: { size: bytes.length, read }, signal });
    return { url: `${client.url}/v1/proofs/${trace}` };
  } catch (error) {
    if (error instanceof SuretyError) return { problem: error.problem };
    throw error;
  } finally {
    out.progress(null);
  }
};
