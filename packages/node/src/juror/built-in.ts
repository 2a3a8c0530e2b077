/** The built-in jurors by the family that they register under. They are stand-ins: each reads the name of its subject alone. */
import { type NameAnalyst, pureJurors } from '@surety/analysts';
import { DEVELOPMENT_CHAIN_IDS } from '@surety/chain';
import { ok, type Result, refuse } from '@surety/core';

/** A family as people write it: `grams` for `juror-model:grams`. */
const shortName = ({ family }: NameAnalyst): string => family.slice(family.indexOf(':') + 1);

/**
 * The juror of a family, by its whole name or its last part; where a family reads several kinds of subject, the first.
 * @returns `input.unknown-name` with the families that there are
 */
export const builtInJuror = (family: string): Result<NameAnalyst> => {
  const found = pureJurors.find((each) => each.family === family || shortName(each) === family);
  if (found !== undefined) return ok(found);
  return refuse({
    code: 'court.registry',
    message: `There is no built-in juror of a family "${family}".`,
    next: `Use one of ${[...new Set(pureJurors.map(shortName))].join(', ')}.`,
    field: 'family',
    value: family,
  });
};

/** The program that a juror says it runs: code version and artefact, as every reading of it names them. */
export const programOf = (juror: NameAnalyst): string => juror.readSync({ kind: 'site', host: 'example.org' }).program;

/** Stand-ins sit where money is not real, and nowhere else. */
export const mayServeOn = (chainId: number): Result<true> =>
  DEVELOPMENT_CHAIN_IDS.includes(chainId)
    ? ok(true)
    : refuse({
        code: 'network.development-only',
        message: `The built-in jurors are stand-ins that read names alone, and chain ${chainId} is no development chain.`,
        next: 'Serve on a development chain, or register a juror of your own that was measured.',
        field: 'chainId',
        value: String(chainId),
      });
