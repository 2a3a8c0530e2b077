/**
 * Running a report's tensor program again before it is let in: a program of the node's folder in this process, a
 * published one by a worker thread from its stored file.
 */
import { PROGRAMS } from '@surety/analysts';
import type { Claim, Evidence, ProgramRegistry, Result } from '@surety/core';
import type { Context } from './context.ts';
import type { Models } from './publish.ts';

type From = Pick<Context, 'held' | 'log'>;

/** Where this node has a program to run again, if it has it. */
const placeOf = async ({ held, log }: From, { files }: Models, program: string): Promise<'folder' | 'store' | null> => {
  if (held?.ids.includes(program)) return 'folder';
  return (await log.isPublic(program)) && (await files.has('programs', program)) ? 'store' : null;
};

/** Whether this node runs reports of a program again, and so lets true ones in. */
export const isHeld = async (from: From, models: Models, program: string): Promise<boolean> =>
  (await placeOf(from, models, program)) !== null;

/** What checks one piece of evidence about a claim: it knows what running the piece's program here gave. */
export const programsFor = async (
  from: From,
  models: Models,
  claim: Claim,
  piece: Evidence,
): Promise<Result<ProgramRegistry>> => {
  const id = piece.kind === 'analyst-report' ? /^program:(.*)$/.exec(piece.program)?.[1] : undefined;
  if (id === undefined || piece.kind !== 'analyst-report' || piece.execution === undefined)
    return { ok: true, value: PROGRAMS };
  const place = await placeOf(from, models, id);
  if (place === 'folder') return { ok: true, value: await from.held!.prepare(claim, [piece], PROGRAMS) };
  if (place === null) return { ok: true, value: PROGRAMS };
  const path = models.files.path('programs', id);
  const run = await models.rerun({ kind: 'rerun', path, id, adapter: piece.execution.adapter, claim });
  return run.ok ? { ok: true, value: { run: () => run.value } } : run;
};
