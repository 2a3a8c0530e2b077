/** What seats say of their votes: texts that hash to the readings which the votes committed to. */
import {
  AI_ROUNDS,
  type Chain,
  type ContractCase,
  type ContractSeat,
  type CourtSetting,
  readJuror,
  registryName,
} from '@surety/chain';
import { GROUNDS_LIMITS, parseGrounds } from '@surety/court';
import type { GroundsSource } from './grounds-store.ts';
import type { Said, SaidBy } from './view.ts';

type Hex = `0x${string}`;

export type SaidOptions = {
  readonly chain: Chain;
  readonly setting: CourtSetting;
  readonly grounds: GroundsSource;
};

/** Reads what the opened votes of a case rest on, as far as the texts can be had. */
export const createSaid = ({ chain, setting, grounds }: SaidOptions): ((of: ContractCase) => Promise<SaidBy>) => {
  const families = new Map<Hex, Hex | null>();

  /** The digest of the family that a key is registered with, which it keeps for good. */
  const familyOf = async (juror: Hex): Promise<Hex | null> => {
    const known = families.get(juror);
    if (known !== undefined) return known;
    const found = await readJuror(chain, setting, juror);
    if (!found.ok) return null;
    const family = found.value?.family ?? null;
    families.set(juror, family);
    return family;
  };

  /** A name is shown only where it is the one that the registry has the digest of. */
  const ofProgram = async (text: string, juror: Hex): Promise<Said | null> => {
    const record = parseGrounds(text);
    if (record === null) return null;
    const registered = await familyOf(juror);
    return { family: registryName(record.family) === registered ? record.family : null, reason: record.reason };
  };

  const saidIn = async (round: number, { juror, reading }: ContractSeat): Promise<Said | null> => {
    const text = reading === null ? null : await grounds.find(reading);
    if (text === null) return null;
    if (round <= AI_ROUNDS) return ofProgram(text, juror);
    return text.length <= GROUNDS_LIMITS.reasonCharacters ? { family: null, reason: text } : null;
  };

  return async ({ rounds }) => {
    const said = new Map<ContractSeat, Said | null>();
    for (const { number, seats } of rounds) for (const seat of seats) said.set(seat, await saidIn(number, seat));
    return (seat) => said.get(seat) ?? null;
  };
};
