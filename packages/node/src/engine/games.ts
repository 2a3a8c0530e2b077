/** The games of the engine as the journal's host runs them: how states and events become JSON and come back. */
import type { Json } from '@surety/core';
import { unwrap } from '@surety/core';
import { decodeMarket, encodeMarket } from '@surety/markets';
import type { Effect, Game } from '../journal/game.ts';
import {
  type AccountEvent,
  type AccountState,
  accountInflow,
  type Delegation,
  initialAccount,
  type ReservedCover,
  stepAccount,
} from './account.ts';
import { fromJson, toJson, toMap } from './codec.ts';
import { decodeNonces, encodeNonces } from './nonces.ts';
import {
  initialQuestion,
  type QuestionEffect,
  type QuestionEvent,
  type QuestionState,
  questionInflow,
  stepQuestion,
} from './question.ts';

const object = (json: Json): { readonly [key: string]: Json } => json as { readonly [key: string]: Json };

export const accountGame: Game<AccountState, AccountEvent, Effect> = {
  name: 'account',
  initial: initialAccount,
  step: stepAccount,
  inflow: accountInflow,
  encodeEvent: toJson,
  decodeEvent: (json) => fromJson<AccountEvent>(json),
  encodeState: (state) => toJson({ ...state, nonces: encodeNonces(state.nonces) }),
  decodeState: (json) => {
    const { covers, delegations, nonces, ...rest } = object(json);
    return {
      ...fromJson<Omit<AccountState, 'covers' | 'delegations' | 'nonces'>>(rest),
      covers: toMap<ReservedCover>(covers ?? []),
      delegations: toMap<Delegation>(delegations ?? []),
      nonces: decodeNonces(nonces ?? null),
    };
  },
};

export const questionGame: Game<QuestionState, QuestionEvent, QuestionEffect> = {
  name: 'market',
  initial: initialQuestion,
  step: stepQuestion,
  inflow: questionInflow,
  encodeEvent: toJson,
  decodeEvent: (json) => {
    const { result: _recorded, ...event } = object(json);
    return fromJson<QuestionEvent>(event);
  },
  record: (event, output) => (output === undefined ? event : { ...object(event), result: toJson(output) }),
  encodeState: (state) =>
    toJson({
      ...state,
      market: state.market === null ? null : encodeMarket(state.market),
      nonces: encodeNonces(state.nonces),
    }),
  decodeState: (json) => {
    const { market, nonces, ...rest } = object(json);
    return {
      ...fromJson<Omit<QuestionState, 'market' | 'nonces'>>(rest),
      market: market === null || market === undefined ? null : unwrap(decodeMarket(market)),
      nonces: decodeNonces(nonces ?? null),
    };
  },
};
