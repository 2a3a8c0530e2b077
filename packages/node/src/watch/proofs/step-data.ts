/**
 * The data of claims by steps: files in the home folder, and what nodes publish. Nothing is believed because of where it came from:
 * a file is of the claim whose trace its bytes give, and has as many bytes as the claim's program says.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Problem, type Result, refuse, sameBytes, toHex } from '@surety/core';
import { type PublishedData, publishedBytes, readPublishedData, type StepProgram } from '@surety/proofs/zk';
import { writePrivateFile } from '../../keys.ts';
import { download, keepNewest } from './download.ts';

const ENDING = '.data';

export type StepData = {
  /**
   * The data of a claim: kept here, or published by one of the nodes; `null` where nobody has them.
   * Problems: `proof.malformed`, `proof.other`, `input.too-large` for what is published under the claim's trace and is not its data
   */
  readonly find: (
    program: StepProgram,
    trace: Uint8Array,
    signal: AbortSignal,
  ) => Promise<Result<PublishedData | null>>;
};

export type StepDataOptions = {
  /** Folder of the data of own claims, and of what was fetched. */
  readonly own: string;
  readonly fetched: string;
  /** Nodes that may have published them. */
  readonly urls: readonly string[];
};

export const dataFile = (folder: string, trace: string): string => join(folder, `${trace}${ENDING}`);

/** A file as the data of a claim. */
const dataOf = (program: StepProgram, trace: Uint8Array, file: Uint8Array): Result<PublishedData> => {
  const read = readPublishedData(file);
  if (!read.ok) return read;
  if (sameBytes(read.value.program, program.id) && sameBytes(read.value.trace, trace)) return read;
  return refuse({
    code: 'proof.other',
    message: 'What is published as the data of the claim is of another one.',
    next: 'Get the data from its provider; what was not published can be asked for on the chain.',
    field: 'data',
    value: toHex(read.value.trace),
    limit: toHex(trace),
  });
};

const otherSize = (value: string, wanted: number): Problem => ({
  code: 'input.too-large',
  message: `What is published as the data of the claim has ${value} bytes.`,
  next: 'Get the data from its provider; what was not published can be asked for on the chain.',
  field: 'data',
  value,
  limit: `${wanted} bytes`,
});

/** `null` where the node does not answer, or has nothing. */
const fetchFrom = async (url: string, wanted: number, signal: AbortSignal): Promise<Result<Uint8Array> | null> => {
  const file = await download(url, wanted, signal);
  if (file === null) return null;
  if (file === 'too-large') return refuse(otherSize(`more than ${wanted}`, wanted));
  return file.length === wanted ? ok(file) : refuse(otherSize(String(file.length), wanted));
};

export const createStepData = ({ own, fetched, urls }: StepDataOptions): StepData => {
  /** A kept file that is damaged is none. */
  const kept = (program: StepProgram, trace: Uint8Array): PublishedData | null => {
    for (const folder of [own, fetched]) {
      const file = dataFile(folder, toHex(trace));
      if (!existsSync(file) || statSync(file).size !== publishedBytes(program)) continue;
      const read = dataOf(program, trace, new Uint8Array(readFileSync(file)));
      if (read.ok) return read.value;
    }
    return null;
  };

  return {
    find: async (program, trace, signal) => {
      const here = kept(program, trace);
      if (here !== null) return ok(here);
      let problem: Problem | null = null;
      for (const url of urls) {
        const got = await fetchFrom(`${url}/v1/proofs/${toHex(trace)}`, publishedBytes(program), signal);
        if (got === null) continue;
        const read = got.ok ? dataOf(program, trace, got.value) : got;
        if (!read.ok || !got.ok) {
          problem = read.ok ? null : read.problem;
          continue;
        }
        // So that a dispute goes on after a restart, whatever the node has by then.
        writePrivateFile(dataFile(fetched, toHex(trace)), got.value);
        keepNewest(fetched);
        return read;
      }
      return problem === null ? ok(null) : refuse(problem);
    },
  };
};
