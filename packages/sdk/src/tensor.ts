/**
 * `@surety/sdk/tensor`: tensor programs (spec 12) that play and that a verifier holds. In Node only: it reads files.
 *
 * `tensorPlayer` makes a player of a program and its adapter, for `believe` of `play`; `readFolder` holds what `verify` runs
 * again.
 */
import { reportOf, speaksTo } from '@surety/analysts/pure';
import { readAdapterFile, readProgramFile, TensorPlayer } from '@surety/analysts/tensor';
import type { QuestionClaim, Result } from '@surety/core';
import type { Reported } from './play.ts';

export { type Adapter, type Folder, HeldPrograms, readFolder, TensorPlayer } from '@surety/analysts/tensor';

/**
 * The player of a program file and an adapter file.
 * Problems: those of both files, `adapter.mismatch` where they do not belong together, `program.too-large`.
 */
export const tensorPlayer = async (programFile: string, adapterFile: string): Promise<Result<TensorPlayer>> => {
  const program = readProgramFile(programFile);
  if (!program.ok) return program;
  const adapter = readAdapterFile(adapterFile);
  return adapter.ok ? TensorPlayer.create(program.value, adapter.value) : adapter;
};

/**
 * What a player believes of a claim, with the report that names its program; `null` where its adapter does not read it.
 * @param options `atSeconds`: when it looks, Unix seconds; `salt`: 32 bytes that hide which program it is
 */
export const tensorBelief = async (
  player: TensorPlayer,
  claim: QuestionClaim,
  options: { readonly name?: string; readonly salt?: Uint8Array; readonly atSeconds: number },
): Promise<Reported | null> => {
  const { name, salt, atSeconds } = options;
  const analyst = player.analyst(name, salt);
  if (!speaksTo(analyst, claim)) return null;
  const report = reportOf(claim, analyst.id, await analyst.read(claim.subject, { nowSeconds: atSeconds }), atSeconds);
  return report.probabilityPpm === null ? null : { probabilityPpm: report.probabilityPpm, report };
};
