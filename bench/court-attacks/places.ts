/** Floods of free accounts against the places that a case has for advice: who is still heard that comes after them. */
import { CASE_LIMITS } from '../../packages/node/src/engine/court/case-state.ts';
import { placeFor, placesIn, type Standing } from '../../packages/node/src/places/places.ts';
import type { Figure } from '../figure.ts';
import { held, stated } from './cases.ts';

const PLACES = CASE_LIMITS.advice;
/** Accounts of a flood: each is a passkey, made in well under a millisecond, of which a node takes 20 a second from one subscriber. */
const FLOOD = 2_000;
const HONEST = 30;
const NOW = 1_000_000;
const YEAR = 31_536_000;

type Piece = { readonly standing: Standing; readonly honest: boolean };

const times = (count: number, standing: (i: number) => Standing, honest: boolean): readonly Piece[] =>
  Array.from({ length: count }, (_, i) => ({ standing: standing(i), honest }));

const arriving = (pieces: readonly Piece[], from: readonly Piece[]): readonly Piece[] =>
  pieces.reduce((here, piece) => {
    const place = placeFor(
      here.map(({ standing }) => standing),
      piece.standing,
      PLACES,
    );
    if (place.kind === 'full') return here;
    return [...(place.kind === 'room' ? here : here.toSpliced(place.of, 1)), piece];
  }, from);

/** Share in percent of honest accounts that are heard between two floods, the second of which knows them. */
const heard = (honest: (i: number) => Standing, networks: number, floodSince: number): number => {
  const flood = times(FLOOD, (i) => ({ kind: 'free', network: i % networks, since: floodSince + (i % 1_000) }), false);
  const after = arriving(flood, arriving(times(HONEST, honest, true), arriving(flood, [])));
  return (100 * after.filter((piece) => piece.honest).length) / HONEST;
};

const fresh = (i: number): Standing => ({ kind: 'free', network: 10_000 + i, since: NOW + 10_000 + i });
const neighbour = (i: number): Standing => ({ kind: 'free', network: 0, since: NOW - YEAR + i });

export const places = (): Figure[] => {
  const shares = [
    ['persons', (): Standing => ({ kind: 'person' }), 1_000],
    ['stakes from before the case', (i: number): Standing => ({ kind: 'stake', stakeMicroUsd: BigInt(i + 1) }), 1_000],
    ['new accounts, each from a network of its own', fresh, 1],
    ['new accounts, each from a network of its own', fresh, 48],
    ['older accounts from the flood’s one network', neighbour, 1],
  ] as const;
  return [
    ...shares.map(([who, honest, networks]) => {
      const share = heard(honest, networks, NOW);
      const note = `first come, first served: 0 % once ${placesIn(PLACES)} accounts, seconds of work, have spoken`;
      const name = `advice, ${FLOOD} accounts from ${networks} network${networks > 1 ? 's' : ''}: ${who} that are heard`;
      return held(name, share, '%', '= 100', share === 100, note);
    }),
    stated(
      `advice, ${FLOOD} accounts from 1,000 networks: new accounts, each from a network of its own, that are heard`,
      heard(fresh, 1_000, NOW),
      '%',
      `a network for each of the ${placesIn(PLACES)} places, or of ${PLACES.free} where persons and stakes speak, is the price`,
    ),
    stated(
      `advice, ${FLOOD} accounts, two years old, from the one network of older accounts: these that are heard`,
      heard(neighbour, 1, NOW - 2 * YEAR),
      '%',
      'a flood that was made before them, in their own network; from any other they are heard',
    ),
  ];
};
