/** Whom a node's court asks whether somebody is one person, by its configuration. */
import { unwrap } from '@surety/core';
import type { NodeConfig } from '../config.ts';
import type { Extension } from '../http/options.ts';
import { developmentIssuer } from './development-issuer.ts';
import { type PersonIssuer, readPersonIssuer } from './issuer.ts';

/**
 * The issuer, and the paths that the node serves for it.
 * @throws {SuretyError} `config.invalid` where the file that names it cannot be used
 */
export const personsOf = ({
  personIssuer,
  home,
}: Pick<NodeConfig, 'personIssuer' | 'home'>): {
  readonly issuer: PersonIssuer | null;
  readonly extensions: readonly Extension[];
} => {
  if (personIssuer === undefined) return { issuer: null, extensions: [] };
  if (personIssuer === 'development') return developmentIssuer(home);
  return { issuer: unwrap(readPersonIssuer(personIssuer)), extensions: [] };
};
