/**
 * The one table of routes. The node registers handlers for it, `openapi.json` is written from it, and the
 * SDK's client has one method for each row. Reading it top to bottom is reading the API.
 */
import * as z from 'zod';
import { account, exitProof, player, webhook } from './account.ts';
import { actionResult, signedAction } from './action.ts';
import { chainCase, chainCases } from './chain-court.ts';
import { caseSummary, courtCase, courtJuror } from './court.ts';
import { delegation } from './delegation.ts';
import { problem } from './envelope.ts';
import { LIMITS } from './limits.ts';
import { commitmentList, logged } from './logged.ts';
import { market, marketStatus, marketSummary, quote, streamEvent } from './market.ts';
import { model, modelName, modelSummary, publication } from './model.ts';
import { health, network } from './network.ts';
import { order } from './order.ts';
import { assertedAction, assertedResult, newPasskey, passkey } from './passkey.ts';
import { askRequest, askResponse, reading, readingRequest } from './reading.ts';
import { receipt } from './receipt.ts';
import type { Route } from './route.ts';
import { run, runState, runs } from './run.ts';
import { address, id, integerText, microUsd, outcome, sentence, sequence, sessionKey, unixSeconds } from './scalars.ts';

const json200 = <S extends z.ZodType>(schema: S) => ({ status: 200, contentType: 'application/json', schema }) as const;
const json201 = <S extends z.ZodType>(schema: S) => ({ status: 201, contentType: 'application/json', schema }) as const;

const marketParams = z.strictObject({ marketId: id });
const receiptParams = z.strictObject({ receiptId: id });
const addressParams = z.strictObject({ address });
const limit = integerText(1, LIMITS.pageItems).exactOptional();
const after = integerText(0, Number.MAX_SAFE_INTEGER).exactOptional();

export const routes = {
  health: {
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether the node, its journal and its chain work.',
    tag: 'node',
    response: json200(health),
    write: false,
    errors: [],
  },
  network: {
    method: 'GET',
    path: '/v1/network',
    summary: 'Chain, contracts, keys and defaults of this node, and what one must assume of it.',
    tag: 'node',
    response: json200(network),
    write: false,
    errors: [],
  },
  read: {
    method: 'POST',
    path: '/v1/readings',
    summary: 'Read a question back in plain words, with the typed data that its asker signs. Changes nothing.',
    tag: 'questions',
    body: readingRequest,
    response: json200(reading),
    write: false,
    errors: [],
  },
  ask: {
    method: 'POST',
    path: '/v1/questions',
    summary: 'Open a market for a signed reading and get the first, provisional answer with its receipt.',
    tag: 'questions',
    body: askRequest,
    response: json201(askResponse),
    write: true,
    errors: [],
  },
  markets: {
    method: 'GET',
    path: '/v1/markets',
    summary: 'Markets, newest first.',
    tag: 'markets',
    query: z.strictObject({
      status: marketStatus.exactOptional(),
      cursor: z.string().min(1).max(128).exactOptional(),
      limit,
    }),
    response: json200(z.strictObject({ markets: z.array(marketSummary), next: z.string().nullable() })),
    write: false,
    errors: [],
  },
  market: {
    method: 'GET',
    path: '/v1/markets/:marketId',
    summary: 'One market: prices, players, evidence and the answer so far.',
    tag: 'markets',
    params: marketParams,
    response: json200(market),
    write: false,
    errors: [],
  },
  marketEvents: {
    method: 'GET',
    path: '/v1/markets/:marketId/events',
    summary: 'Every event of a market after a sequence number, in order and without gaps.',
    tag: 'markets',
    params: marketParams,
    query: z.strictObject({ after, limit }),
    response: json200(z.strictObject({ events: z.array(streamEvent), next: sequence.nullable() })),
    write: false,
    errors: [],
  },
  quote: {
    method: 'POST',
    path: '/v1/markets/:marketId/quotes',
    summary: 'What an order would cost now. Changes nothing and promises nothing.',
    tag: 'markets',
    params: marketParams,
    body: z.strictObject({ order }),
    response: json200(quote),
    write: false,
    errors: [],
  },
  act: {
    method: 'POST',
    path: '/v1/actions',
    summary:
      'Do one signed action: fund, order, attach evidence, withdraw, challenge, stake, vote, advise, redeem, set a webhook or notices, store, publish, reveal, log.',
    tag: 'accounts',
    body: signedAction,
    response: json200(z.strictObject({ result: actionResult })),
    write: true,
    errors: [],
  },
  actBatch: {
    method: 'POST',
    path: '/v1/actions/batch',
    summary: 'Do up to 256 signed actions side by side, each on its own: none may rely on another of the same batch.',
    tag: 'accounts',
    body: z.strictObject({ actions: z.array(signedAction).min(1).max(LIMITS.batchActions) }),
    response: json200(
      z.strictObject({
        results: z.array(
          z.discriminatedUnion('ok', [
            z.strictObject({ ok: z.literal(true), result: actionResult }),
            z.strictObject({ ok: z.literal(false), error: problem }),
          ]),
        ),
      }),
    ),
    write: true,
    errors: [],
  },
  delegate: {
    method: 'POST',
    path: '/v1/delegations',
    summary: "Register a wallet's delegation to a session key.",
    tag: 'accounts',
    body: delegation,
    response: json201(z.strictObject({ account: address, sessionKey, expiresAt: unixSeconds })),
    write: true,
    errors: [],
  },
  makePasskey: {
    method: 'POST',
    path: '/v1/passkeys',
    summary: 'Make an account of a passkey (WebAuthn, ES256). It may advise, and nothing that needs money or a vote.',
    tag: 'accounts',
    body: newPasskey,
    response: json201(passkey),
    write: true,
    errors: ['passkey.malformed', 'passkey.wrong-context', 'passkey.nobody-there', 'passkey.exists'],
  },
  passkey: {
    method: 'GET',
    path: '/v1/passkeys/:passkeyId',
    summary: "Account and key of a passkey, by the SHA-256 of its credential's id.",
    tag: 'accounts',
    params: z.strictObject({ passkeyId: id }),
    response: json200(passkey),
    write: false,
    errors: ['passkey.unknown'],
  },
  actByPasskey: {
    method: 'POST',
    path: '/v1/actions/by-passkey',
    summary: 'Do one action that a passkey signed: advise, or set notices.',
    tag: 'accounts',
    body: assertedAction,
    response: json200(assertedResult),
    write: true,
    errors: [
      'passkey.unknown',
      'passkey.wrong-context',
      'passkey.nobody-there',
      'passkey.counter',
      'passkey.advice-only',
    ],
  },
  account: {
    method: 'GET',
    path: '/v1/accounts/:address',
    summary: 'Balance, bond, budgets and positions of an account.',
    tag: 'accounts',
    params: addressParams,
    response: json200(account),
    write: false,
    errors: [],
  },
  faucet: {
    method: 'POST',
    path: '/v1/faucet',
    summary: 'Development dollars for an address; development networks only.',
    tag: 'accounts',
    body: z.strictObject({ address }),
    response: json200(z.strictObject({ balanceMicroUsd: microUsd })),
    write: true,
    errors: ['network.development-only'],
  },
  exitProof: {
    method: 'GET',
    path: '/v1/accounts/:address/exit-proof',
    summary: 'Leaf and path of an account under the last published balance root.',
    tag: 'accounts',
    params: addressParams,
    response: json200(exitProof),
    write: false,
    errors: [],
  },
  receipt: {
    method: 'GET',
    path: '/v1/receipts/:receiptId',
    summary: 'A receipt as it was issued.',
    tag: 'receipts',
    params: receiptParams,
    response: json200(receipt),
    write: false,
    errors: [],
  },
  receiptStatus: {
    method: 'GET',
    path: '/v1/receipts/:receiptId/status',
    summary: 'Whether a later ruling supersedes a receipt, as of the current log.',
    tag: 'receipts',
    params: receiptParams,
    query: z.strictObject({ from: after }),
    response: json200(
      z.strictObject({
        receiptId: id,
        latest: receipt,
        superseded: z.boolean(),
        logSize: z.int().min(0),
        checkpoint: z.string(),
        consistency: z
          .strictObject({ from: z.int().min(0), to: z.int().min(0), proof: z.array(z.string()).max(64) })
          .exactOptional(),
      }),
    ),
    write: false,
    errors: [],
  },
  receiptHtml: {
    method: 'GET',
    path: '/v1/receipts/:receiptId/receipt.html',
    summary: 'A receipt as one self-contained page that verifies itself offline.',
    tag: 'receipts',
    params: receiptParams,
    response: { status: 200, contentType: 'text/html', schema: z.string() },
    write: false,
    errors: [],
  },
  marketReceipt: {
    method: 'GET',
    path: '/v1/markets/:marketId/receipt',
    summary: 'The latest receipt of a market.',
    tag: 'receipts',
    params: marketParams,
    response: json200(receipt),
    write: false,
    errors: [],
  },
  rule: {
    method: 'POST',
    path: '/v1/markets/:marketId/rulings',
    summary:
      "People's decision on a market that was drawn for audit or waits for a record; what is challenged is for the court.",
    tag: 'markets',
    params: marketParams,
    body: z.strictObject({ outcome: outcome.nullable(), note: sentence.min(1) }),
    response: json200(market),
    write: true,
    auth: 'operator',
    errors: ['auth.operator-only'],
  },
  cases: {
    method: 'GET',
    path: '/v1/court/cases',
    summary: 'Cases of the court, newest first: all, those that are open, or those that have ended.',
    tag: 'court',
    query: z.strictObject({
      state: z.enum(['open', 'ended']).exactOptional(),
      cursor: z.string().min(1).max(128).exactOptional(),
      limit,
    }),
    response: json200(z.strictObject({ cases: z.array(caseSummary), next: z.string().nullable() })),
    write: false,
    errors: [],
  },
  case: {
    method: 'GET',
    path: '/v1/court/cases/:marketId',
    summary: 'One case: who said what, each panel and its votes, what going on costs, and when it ends at the latest.',
    tag: 'court',
    params: marketParams,
    response: json200(courtCase),
    write: false,
    errors: ['court.case-unknown'],
  },
  chainCases: {
    method: 'GET',
    path: '/v1/court/chain/cases',
    summary: 'Cases that contracts asked at the court that this node follows, newest first.',
    tag: 'court',
    response: json200(chainCases),
    write: false,
    errors: ['chain.not-deployed', 'chain.unreachable', 'court.interface'],
  },
  chainCase: {
    method: 'GET',
    path: '/v1/court/chain/cases/:caseId',
    summary: 'One of them: the claim where somebody published it, the whole ladder, and what going on costs.',
    tag: 'court',
    params: z.strictObject({ caseId: z.string().regex(/^[1-9]\d{0,14}$/) }),
    response: json200(chainCase),
    write: false,
    errors: ['chain.not-deployed', 'chain.unreachable', 'court.case-unknown', 'court.interface'],
  },
  juror: {
    method: 'GET',
    path: '/v1/court/jurors/:address',
    summary: 'What an account has staked as a juror, and in which cases it sits.',
    tag: 'court',
    params: addressParams,
    response: json200(courtJuror),
    write: false,
    errors: [],
  },
  players: {
    method: 'GET',
    path: '/v1/players',
    summary: 'Who plays, with scores from audited questions only.',
    tag: 'players',
    response: json200(z.strictObject({ players: z.array(player) })),
    write: false,
    errors: [],
  },
  program: {
    method: 'GET',
    path: '/v1/held/:program',
    summary: 'Whether this node holds a program: only then are reports of it run again and let in.',
    tag: 'models',
    params: z.strictObject({ program: id }),
    response: json200(z.strictObject({ program: id, held: z.boolean() })),
    write: false,
    errors: [],
  },
  models: {
    method: 'GET',
    path: '/v1/models',
    summary: 'Published models in the order of their names, all or those of one publisher.',
    tag: 'models',
    query: z.strictObject({
      publisher: address.exactOptional(),
      cursor: z.string().min(1).max(128).exactOptional(),
      limit,
    }),
    response: json200(z.strictObject({ models: z.array(modelSummary), next: z.string().nullable() })),
    write: false,
    errors: [],
  },
  model: {
    method: 'GET',
    path: '/v1/models/:publisher/:name',
    summary: 'Every version of a model: what was committed to, when it was or is to be shown, and how answers drifted.',
    tag: 'models',
    params: z.strictObject({ publisher: address, name: modelName }),
    response: json200(model),
    write: false,
    errors: ['publication.unknown'],
  },
  publication: {
    method: 'GET',
    path: '/v1/publications/:publicationId',
    summary: 'One publication with signature, log proofs and reveal: all that it takes to verify it offline.',
    tag: 'models',
    params: z.strictObject({ publicationId: id }),
    response: json200(publication),
    write: false,
    errors: ['publication.unknown'],
  },
  logged: {
    method: 'GET',
    path: '/v1/logged',
    summary: 'Commitments that are in the log, with inclusion proofs under one checkpoint; others are left out.',
    tag: 'receipts',
    query: z.strictObject({ commitments: commitmentList }),
    response: json200(logged),
    write: false,
    errors: [],
  },
  runs: {
    method: 'GET',
    path: '/v1/runs',
    summary:
      'Claims about runs of programs on the Arbiter, newest first: bond, window, and who has to move until when.',
    tag: 'runs',
    query: z.strictObject({
      state: runState.exactOptional(),
      cursor: z.string().min(1).max(128).exactOptional(),
      limit,
    }),
    response: json200(runs),
    write: false,
    errors: ['chain.not-deployed', 'chain.unreachable'],
  },
  run: {
    method: 'GET',
    path: '/v1/runs/:claimId',
    summary: 'One claim: every dispute and move in words, what each side stands to lose, what it shows and what not.',
    tag: 'runs',
    params: z.strictObject({ claimId: id }),
    response: json200(run),
    write: false,
    errors: ['arbiter.claim-unknown', 'chain.not-deployed', 'chain.unreachable'],
  },
  webhooks: {
    method: 'GET',
    path: '/v1/webhooks',
    summary: 'Webhooks of an account, without their secrets.',
    tag: 'accounts',
    query: z.strictObject({ account: address }),
    response: json200(z.strictObject({ webhooks: z.array(webhook) })),
    write: false,
    errors: [],
  },
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
