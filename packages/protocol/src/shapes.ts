/**
 * The table of routes without its schemas: all that a client needs to send a request, and nothing to validate it. A
 * test keeps it equal to `routes.ts`; it exists so that a page need not carry a validator.
 */
import type { RouteName } from './routes.ts';

export type RouteShape = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path with `:name` parameters. */
  readonly path: string;
  /** Names of query values. */
  readonly query: readonly string[];
  readonly body: boolean;
  readonly write: boolean;
  readonly operator: boolean;
};

const get = (path: string, query: readonly string[] = []): RouteShape => ({
  method: 'GET',
  path,
  query,
  body: false,
  write: false,
  operator: false,
});
const post = (path: string, write: boolean, operator = false): RouteShape => ({
  method: 'POST',
  path,
  query: [],
  body: true,
  write,
  operator,
});

export const SHAPES: { readonly [N in RouteName]: RouteShape } = {
  health: get('/v1/health'),
  network: get('/v1/network'),
  read: post('/v1/readings', false),
  ask: post('/v1/questions', true),
  markets: get('/v1/markets', ['status', 'cursor', 'limit']),
  market: get('/v1/markets/:marketId'),
  marketEvents: get('/v1/markets/:marketId/events', ['after', 'limit']),
  quote: post('/v1/markets/:marketId/quotes', false),
  act: post('/v1/actions', true),
  actBatch: post('/v1/actions/batch', true),
  delegate: post('/v1/delegations', true),
  makePasskey: post('/v1/passkeys', true),
  passkey: get('/v1/passkeys/:passkeyId'),
  actByPasskey: post('/v1/actions/by-passkey', true),
  account: get('/v1/accounts/:address'),
  faucet: post('/v1/faucet', true),
  exitProof: get('/v1/accounts/:address/exit-proof'),
  receipt: get('/v1/receipts/:receiptId'),
  receiptStatus: get('/v1/receipts/:receiptId/status', ['from']),
  receiptHtml: get('/v1/receipts/:receiptId/receipt.html'),
  marketReceipt: get('/v1/markets/:marketId/receipt'),
  rule: post('/v1/markets/:marketId/rulings', true, true),
  cases: get('/v1/court/cases', ['state', 'cursor', 'limit']),
  case: get('/v1/court/cases/:marketId'),
  chainCases: get('/v1/court/chain/cases'),
  chainCase: get('/v1/court/chain/cases/:caseId'),
  juror: get('/v1/court/jurors/:address'),
  players: get('/v1/players'),
  program: get('/v1/held/:program'),
  models: get('/v1/models', ['publisher', 'cursor', 'limit']),
  model: get('/v1/models/:publisher/:name'),
  publication: get('/v1/publications/:publicationId'),
  logged: get('/v1/logged', ['commitments']),
  runs: get('/v1/runs', ['state', 'cursor', 'limit']),
  run: get('/v1/runs/:claimId'),
  webhooks: get('/v1/webhooks', ['account']),
};

export const ROUTE_NAMES = Object.keys(SHAPES) as readonly RouteName[];
