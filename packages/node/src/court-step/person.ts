/** Being one person at a court of contracts: shown by a token to its registry, with a ticket that can be given back. */
import { DEVELOPMENT_CHAIN_IDS, type Intent, readPerson, readRegistryIssuer } from '@surety/chain';
import { fromHex, PERSON_TOKEN_BYTES, type Problem, SuretyError, toHex, unwrap } from '@surety/core';
import type { CourtHere } from '../juror/open-court.ts';
import { DEVELOPMENT_ISSUER } from '../persons/development-issuer.ts';
import type { At, Planned } from './here.ts';

/** Takes the own ticket; `token`, hex, where the registry does not know the key as a person yet. */
export type BeingPerson = { readonly kind: 'person'; readonly token: string | null };
/** Gives it back. */
export type LeavingPersons = { readonly kind: 'leave-persons' };

const refused = (problem: Problem): never => {
  throw new SuretyError(problem);
};

/**
 * What a court's registry is and says of somebody.
 * @throws {SuretyError} `court.no-issuer` at a court that draws by stake alone; `network.development-only` where the issuer for
 * development, which gives a token to whoever asks, would say who is one person on a chain whose money is real
 */
export const personHere = async ({ chain, setting }: Pick<CourtHere, 'chain' | 'setting'>, me: `0x${string}`) => {
  const person = unwrap(await readPerson(chain, setting, me));
  const { registry } = setting;
  if (person === null || registry === null)
    return refused({
      code: 'court.no-issuer',
      message: `The court ${setting.court} draws people by their stakes, and has no registry of persons.`,
      next: 'Stake, or name another court with --court.',
      field: 'court',
      value: setting.court,
    });
  const issuer = unwrap(await readRegistryIssuer(chain, registry));
  const isDevelopment = issuer?.name === DEVELOPMENT_ISSUER;
  if (isDevelopment && !DEVELOPMENT_CHAIN_IDS.includes(chain.chainId))
    return refused({
      code: 'network.development-only',
      message: `The issuer of this court's persons gives a token to whoever asks, and chain ${chain.chainId} is no development chain.`,
      next: 'Use a court whose issuer knows people.',
      field: 'issuer',
      value: issuer.name,
    });
  return { registry, issuer, person, environment: isDevelopment ? 'development' : 'production' } as const;
};

const tokenBytes = (token: string): `0x${string}` => {
  const bytes = unwrap(fromHex(token.replace(/^0x/, ''), { field: 'token' }));
  if (bytes.length === PERSON_TOKEN_BYTES) return `0x${toHex(bytes)}`;
  return refused({
    code: 'court.person-token',
    message: `A token has ${PERSON_TOKEN_BYTES} bytes, and this has ${bytes.length}.`,
    next: 'Bring the whole token.',
    field: 'token',
    limit: `${2 * PERSON_TOKEN_BYTES} hex digits`,
  });
};

export const beingPerson = async (here: At, { token }: BeingPerson): Promise<Planned> => {
  const { at, me } = here;
  const { registry, person, issuer } = await personHere(here, me);
  const words = `Count ${me} as one person${issuer === null ? '' : `, known to ${issuer.name}`}: one ticket in rounds that are drawn by person, and nothing locked.`;
  if (person.holdsTicket) return { costUnits: 0n, words, intents: [] };
  const join: Intent = { kind: 'court-join-by-person', at };
  if (person.isPerson) return { costUnits: 0n, words, intents: [join] };
  if (token === null)
    return refused({
      code: 'court.person-token',
      message: `The registry ${registry} does not know ${me} as a person.`,
      next: 'Show yourself to it first, by a token where it takes tokens.',
      field: 'token',
    });
  return {
    costUnits: 0n,
    words,
    intents: [{ kind: 'court-show-person', at, registry, account: me, token: tokenBytes(token) }, join],
  };
};

export const leavingPersons = async (here: At): Promise<Planned> => {
  const { at, me } = here;
  const { person } = await personHere(here, me);
  const words = `Give back the ticket of ${me}: it is drawn no more by person. A seat that it has stays its own.`;
  return { costUnits: 0n, words, intents: person.holdsTicket ? [{ kind: 'court-leave-by-person', at }] : [] };
};
