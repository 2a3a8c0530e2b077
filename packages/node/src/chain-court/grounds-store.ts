/** Texts of what votes rest on, by their SHA-256, on disk below the node's home: kept for whoever reads a case later. */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GROUNDS_LIMITS, isPlainText, readingOf } from '@surety/court';
import { writePrivateFile } from '../keys.ts';

type Hex = `0x${string}`;

/** Where texts are looked up; one that does not hash to the reading is nowhere. */
export type GroundsSource = { readonly find: (reading: Hex) => Promise<string | null> };

export type GroundsStore = GroundsSource & {
  /** Keeps a text under its digest, in place of what a fault of the disk has made of it. */
  readonly keep: (text: string) => void;
};

const DIGEST = /^0x[0-9a-f]{64}$/;
const TIMEOUT_MS = 5_000;

/** A text that belongs to a reading and can be shown, or nothing. */
const checked = (text: string | null, reading: Hex): string | null =>
  text !== null && isPlainText(text) && readingOf(text) === reading ? text : null;

export const createGroundsStore = (folder: string): GroundsStore => {
  const fileOf = (reading: string): string => join(folder, `${reading.slice(2)}.txt`);
  const read = (reading: Hex): string | null =>
    existsSync(fileOf(reading)) ? checked(readFileSync(fileOf(reading), 'utf8'), reading) : null;
  return {
    // Of a list of cases there are hundreds: a node does other things meanwhile.
    find: async (reading) =>
      DIGEST.test(reading) ? checked(await readFile(fileOf(reading), 'utf8').catch(() => null), reading) : null,
    keep: (text) => {
      const reading = readingOf(text) as Hex;
      // Whoever sent it sends it no more, so it is on the disk before that is said.
      if (read(reading) === null) writePrivateFile(fileOf(reading), text);
    },
  };
};

/** Path of a text at a node. */
export const groundsPath = (reading: string): string => `/v1/court/chain/grounds/${reading}`;

const fromNode = async (node: string, reading: Hex): Promise<string | null> => {
  try {
    const url = `${node.replace(/\/$/, '')}${groundsPath(reading)}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    const size = Number(response.headers.get('content-length'));
    if (!response.ok || !(size > 0 && size <= GROUNDS_LIMITS.bytes)) {
      await response.body?.cancel();
      return null;
    }
    return checked(await response.text(), reading);
  } catch {
    // A node that is away holds nothing just now.
    return null;
  }
};

/** Looks at nodes; what was found is remembered. */
export const groundsAtNodes = (nodes: readonly string[]): GroundsSource => {
  const found = new Map<string, string>();
  return {
    find: async (reading) => {
      const known = found.get(reading);
      if (known !== undefined) return known;
      for (const node of nodes) {
        const text = await fromNode(node, reading);
        if (text === null) continue;
        found.set(reading, text);
        return text;
      }
      return null;
    },
  };
};
