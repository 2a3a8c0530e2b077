/** Which model or publication a command means. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createClient } from '@surety/sdk';
import { unwrap } from '@surety/sdk/base';
import { MODEL_NAME, type Publication, parsePublication } from '@surety/sdk/models';
import type { Context } from '../table.ts';
import { nodeUrl } from './environment.ts';
import { fail } from './fail.ts';
import { readBytes } from './files.ts';
import { ownAddress } from './receipt-file.ts';

const MODEL = /^(0x[0-9a-fA-F]{40})\/(.+)$/;

/** Refuses what is no name of a model. */
export const checkName = (name: string, field: string): string => {
  if (MODEL_NAME.test(name)) return name;
  return fail({
    code: 'publication.name',
    message: `"${name}" is not a name of a model.`,
    next: 'Use 1 to 64 of a-z 0-9 . _ - that begin and end with a letter or digit.',
    field,
    value: name,
    limit: MODEL_NAME.source,
  });
};

/** `<publisher>/<name>`, or a name of this folder's own user. */
export const readModel = (text: string, home: string): { readonly publisher: string; readonly name: string } => {
  const full = MODEL.exec(text);
  if (full !== null) return { publisher: full[1]!, name: checkName(full[2]!, 'MODEL') };
  const own = ownAddress(home);
  if (own === null) {
    return fail({
      code: 'publication.name',
      message: `"${text}" names no publisher, and this folder has no account.`,
      next: 'Write it as 0x…/name.',
      field: 'MODEL',
      value: text,
    });
  }
  return { publisher: own, name: checkName(text, 'MODEL') };
};

const PUBLICATION_BYTES = 262_144;

/** A publication from a file, or by its id from the node. */
export const readPublicationOf = async (named: string, context: Context): Promise<Publication> => {
  const { cwd } = context;
  const byId = /^[0-9a-f]{64}$/.test(named) && !existsSync(resolve(cwd, named));
  if (!byId) {
    const file = named === '-' ? named : resolve(cwd, named);
    return unwrap(parsePublication(readBytes(file, { what: 'The publication', maxBytes: PUBLICATION_BYTES })));
  }
  const client = createClient({ url: nodeUrl(context), retries: 2 });
  const bytes = new TextEncoder().encode(JSON.stringify(await client.publication({ publicationId: named })));
  return unwrap(parsePublication(bytes));
};
