/** Routes live in the address's fragment: any static server can serve the page, and every view has a link. */
import { signal } from '@preact/signals';

export type Route =
  | { readonly kind: 'ask'; readonly question: string }
  | { readonly kind: 'markets' }
  | { readonly kind: 'market'; readonly marketId: string }
  | { readonly kind: 'receipt'; readonly receiptId: string }
  | { readonly kind: 'verify' }
  | { readonly kind: 'prove' }
  | { readonly kind: 'players' }
  | { readonly kind: 'models' }
  | { readonly kind: 'model'; readonly publisher: string; readonly name: string }
  | { readonly kind: 'runs' }
  | { readonly kind: 'run'; readonly claimId: string }
  | { readonly kind: 'court' }
  | { readonly kind: 'case'; readonly marketId: string }
  | { readonly kind: 'chain-court' }
  | { readonly kind: 'chain-case'; readonly caseId: string }
  | { readonly kind: 'account' }
  | { readonly kind: 'nowhere'; readonly path: string };

const ID = /^[0-9a-f]{64}$/;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const NUMBER = /^[1-9]\d{0,14}$/;
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Views that a single word leads to. */
const PLACES = ['markets', 'verify', 'prove', 'players', 'models', 'runs', 'court', 'account'] as const;

const isPlace = (word: string): word is (typeof PLACES)[number] => (PLACES as readonly string[]).includes(word);

/** Reads `#/market/<id>` and its like. Anything else is `nowhere`, never an exception. */
export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const [first = '', second = '', ...rest] = path.split('/').filter((part) => part !== '');
  const [third = '', ...beyond] = rest;
  if (first === 'model' && ADDRESS.test(second) && NAME.test(third) && beyond.length === 0)
    return { kind: 'model', publisher: second, name: third };
  if (first === 'court' && second === 'chain' && rest.length === 0) return { kind: 'chain-court' };
  if (first === 'court' && second === 'chain' && NUMBER.test(third) && beyond.length === 0)
    return { kind: 'chain-case', caseId: third };
  if (rest.length > 0) return { kind: 'nowhere', path };
  if (first === '' || first === 'ask')
    return { kind: 'ask', question: new URLSearchParams(query).get('q')?.slice(0, 4_000) ?? '' };
  if (first === 'market' && ID.test(second)) return { kind: 'market', marketId: second };
  if (first === 'receipt' && ID.test(second)) return { kind: 'receipt', receiptId: second };
  if (first === 'run' && ID.test(second)) return { kind: 'run', claimId: second };
  if (first === 'case' && ID.test(second)) return { kind: 'case', marketId: second };
  if (second === '' && isPlace(first)) return { kind: first };
  return { kind: 'nowhere', path };
};

/** The address of a route, for links. */
export const href = (route: Exclude<Route, { kind: 'nowhere' }>): string => {
  switch (route.kind) {
    case 'ask':
      return route.question === '' ? '#/' : `#/ask?q=${encodeURIComponent(route.question)}`;
    case 'market':
      return `#/market/${route.marketId}`;
    case 'receipt':
      return `#/receipt/${route.receiptId}`;
    case 'run':
      return `#/run/${route.claimId}`;
    case 'case':
      return `#/case/${route.marketId}`;
    case 'chain-court':
      return '#/court/chain';
    case 'chain-case':
      return `#/court/chain/${route.caseId}`;
    case 'model':
      return `#/model/${route.publisher}/${route.name}`;
    default:
      return `#/${route.kind}`;
  }
};

export const route = signal<Route>({ kind: 'ask', question: '' });

export const go = (to: Exclude<Route, { kind: 'nowhere' }>): void => {
  location.hash = href(to);
};

/** Follows the address from now on. */
export const startRouter = (): void => {
  const read = (): void => {
    route.value = parseRoute(location.hash);
  };
  addEventListener('hashchange', read);
  read();
};
