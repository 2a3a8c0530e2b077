/** People who judge at a court of contracts: no command does it for them, so that they send their own transactions. */
import assert from 'node:assert/strict';
import type { Chain } from '@surety/chain';
import { commitmentOf, readingOf } from '@surety/court';
import { keccak256, numberToHex, stringToHex } from 'viem';
import type { RealCourt } from './real-court.ts';

type Hex = `0x${string}`;

export type Person = {
  readonly chain: Chain;
  readonly commit: (round: number, vote: number) => Promise<void>;
  readonly reveal: (round: number) => Promise<void>;
};

/** Somebody with a stake who judges when drawn: votes with a reason, and publishes it once the vote is open. */
export const joinAsPerson = async (court: RealCourt, who: string, stakeUnits: bigint): Promise<Person> => {
  const chain = await court.member(who);
  const { currency } = court.setting;
  await court.must(chain, { kind: 'court-approve', currency, amountUnits: stakeUnits });
  await court.must(chain, { kind: 'court-deposit', amountUnits: stakeUnits, untilUnits: stakeUnits, payWei: 0n });
  await court.must(chain, { kind: 'court-join-as-person', stakeUnits });
  const { address: juror } = chain.account!;
  const salt: Hex = keccak256(stringToHex(`salt of ${who}`));
  const kept = { vote: 0, reason: '' };
  const seatIn = async (round: number) =>
    (await court.caseNow()).rounds[round - 1]!.seats.find((seat) => seat.juror === juror)!.seat;
  const opening = () => ({ vote: kept.vote, reading: readingOf(kept.reason) as Hex, salt });
  return {
    chain,
    commit: async (round, vote) => {
      Object.assign(kept, { vote, reason: `I, ${who}, opened the page and read what it asks for.` });
      const place = {
        chainId: BigInt(chain.chainId),
        court: court.setting.court,
        caseId: numberToHex(1n, { size: 32 }),
      };
      const { reading } = opening();
      const commitment = commitmentOf(place, round, juror, { outcome: vote, reading, salt }) as Hex;
      await court.must(chain, { kind: 'court-commit', caseId: 1n, round, seat: await seatIn(round), commitment });
    },
    reveal: async (round) => {
      const seat = await seatIn(round);
      await court.must(chain, { kind: 'court-reveal', caseId: 1n, round, seat, juror, ...opening() });
      const url = `${court.url}/v1/court/chain/grounds/${opening().reading}`;
      const stored = await fetch(url, { method: 'PUT', body: kept.reason });
      assert.equal(stored.status, 200, await stored.text());
    },
  };
};
