/** Where a home folder keeps what defends claims about proofs, and what was fetched to check those of others. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '@surety/core';
import {
  type Architecture,
  encodeArchitecture,
  type PublishedArchitecture,
  publishedArchitecture,
  publishedData,
  type StepClaimed,
} from '@surety/proofs/zk';
import { writePrivateFile } from '../../keys.ts';
import type { Holdings } from '../holdings.ts';
import { ARCHITECTURE_ENDING, type Architectures, createArchitectures } from './architectures.ts';
import { createStepData, dataFile, type StepData } from './step-data.ts';

const folderOf = (home: string, name: string): string => join(home, 'claims', name);

export const proofFile = (home: string, claimId: string): string => join(folderOf(home, 'proofs'), `${claimId}.proof`);

/** Keeps the proof of a claim whose contract checks it whole. */
export const keepProof = (home: string, claimId: string, proof: Uint8Array): void =>
  writePrivateFile(proofFile(home, claimId), proof);

const architectureFile = (home: string, id: string): string =>
  join(folderOf(home, 'architectures'), `${id}${ARCHITECTURE_ENDING}`);

/** Whether the architecture of a program of claims is kept. */
export const hasArchitecture = (home: string, id: string): boolean => existsSync(architectureFile(home, id));

/** Keeps an architecture under what claims about its proofs name as their program; returns its file, which others may have. */
export const keepArchitecture = (home: string, id: Uint8Array, architecture: Architecture): string => {
  const file = architectureFile(home, toHex(id));
  writePrivateFile(file, encodeArchitecture(architecture));
  return file;
};

/** Keeps an architecture as it is published; returns the file. */
export const keepPublishedArchitecture = (home: string, id: Uint8Array, published: PublishedArchitecture): string => {
  const file = join(folderOf(home, 'published'), toHex(id));
  writePrivateFile(file, publishedArchitecture(published));
  return file;
};

/** Keeps the data of a claim by steps; returns the file, which is also what is published. */
export const keepStepData = (home: string, claimed: StepClaimed): string => {
  const file = dataFile(folderOf(home, 'data'), toHex(claimed.run.trace));
  writePrivateFile(file, publishedData(claimed));
  return file;
};

/**
 * Architectures of claims that a home folder holds.
 * @param folders further ones of `*.architecture` files
 * @param programs files of programs that stand for their architectures
 * @param urls nodes that may have published others
 */
export const heldArchitectures = (
  home: string,
  folders: readonly string[],
  programs: () => readonly string[] = () => [],
  urls: readonly string[] = [],
): Architectures => {
  const fetched = folderOf(home, 'fetched-architectures');
  return createArchitectures({
    folders: [folderOf(home, 'architectures'), ...folders, fetched],
    programs,
    fetched,
    urls,
  });
};

export type ProofHoldings = { readonly architectures: Architectures; readonly data: StepData };

/**
 * @param programs further folders of `*.architecture` files
 * @param urls nodes that may have published data of claims, and architectures
 */
export const proofHoldings = (
  home: string,
  { programFiles }: Pick<Holdings, 'programFiles'>,
  programs: readonly string[] = [],
  urls: readonly string[] = [],
): ProofHoldings => ({
  architectures: heldArchitectures(home, programs, programFiles, urls),
  data: createStepData({ own: folderOf(home, 'data'), fetched: folderOf(home, 'fetched'), urls }),
});
