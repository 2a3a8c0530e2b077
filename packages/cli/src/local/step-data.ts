/** Publishing what whoever means to check a claim by steps needs, at the node. */
import { openAccount } from '@surety/sdk';
import { type Problem, SuretyError } from '@surety/sdk/base';
import { storeFile } from '@surety/sdk/models';
import type { Context } from '../table.ts';
import { connect } from './connect.ts';
import { readBytes } from './files.ts';
import { ensureKey } from './keys.ts';

/** Largest of these files that a node takes. */
const MAX_BYTES = 33_554_432;

export type Published = { readonly url: string } | { readonly problem: Problem };

/** What a claim by steps needs published: its data, and the architecture that its program is derived from. */
export type StepFiles = {
  readonly file: string;
  readonly trace: string;
  readonly architecture: string;
  readonly program: string;
};

/** @returns where the data are, or why they are nowhere: the claim can be made all the same */
export const publishStepData = async (
  context: Context,
  { file, trace, architecture, program }: StepFiles,
): Promise<Published> => {
  const { home, out, signal } = context;
  try {
    const { client } = await connect(context);
    const account = await openAccount({ client, wallet: ensureKey(home, 'cli'), scope: 'publish', limitMicroUsd: 0n });
    const publish = async (kind: 'proofs' | 'architectures', id: string, from: string, what: string): Promise<void> => {
      const bytes = readBytes(from, { what, maxBytes: MAX_BYTES });
      const read = (offset: number, length: number): Uint8Array => bytes.subarray(offset, offset + length);
      out.progress(`publishing ${what.toLowerCase()}`);
      await storeFile(client, account, { kind, id, file: { size: bytes.length, read }, signal });
    };
    await publish('architectures', program, architecture, 'The architecture of the program');
    await publish('proofs', trace, file, 'The data of the proof');
    return { url: `${client.url}/v1/proofs/${trace}` };
  } catch (error) {
    if (error instanceof SuretyError) return { problem: error.problem };
    throw error;
  } finally {
    out.progress(null);
  }
};
