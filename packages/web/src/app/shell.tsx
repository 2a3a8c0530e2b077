import { useEffect, useRef } from 'preact/hooks';
import { dollars } from '../ui/amount.ts';
import { ChainMark } from '../ui/chain-mark.tsx';
import { DevelopmentBanner } from './parts/development-banner.tsx';
import { OfflineBanner } from './parts/offline-banner.tsx';
import { href, type Route, route } from './router.ts';
import { account } from './state/account.ts';
import { announcement } from './state/announce.ts';
import { AccountView } from './views/account.tsx';
import { AskView } from './views/ask.tsx';
import { CaseView } from './views/case.tsx';
import { ChainCaseView } from './views/chain-case.tsx';
import { ChainCourtView } from './views/chain-court.tsx';
import { CourtView } from './views/court.tsx';
import { MarketView } from './views/market.tsx';
import { MarketsView } from './views/markets.tsx';
import { ModelView } from './views/model.tsx';
import { ModelsView } from './views/models.tsx';
import { NowhereView } from './views/nowhere.tsx';
import { PlayersView } from './views/players.tsx';
import { ProveView } from './views/prove.tsx';
import { ReceiptView } from './views/receipt.tsx';
import { RunView } from './views/run.tsx';
import { RunsView } from './views/runs.tsx';
import { VerifyView } from './views/verify.tsx';

const NAVIGATION = [
  { kind: 'ask', question: '', name: 'Ask' },
  { kind: 'markets', name: 'Markets' },
  { kind: 'models', name: 'Models' },
  { kind: 'court', name: 'Court' },
  { kind: 'runs', name: 'Runs' },
  { kind: 'prove', name: 'Prove' },
  { kind: 'players', name: 'Players' },
  { kind: 'verify', name: 'Verify' },
] as const;

const TITLES: Readonly<Record<Route['kind'], string>> = {
  ask: 'Ask',
  markets: 'Markets',
  market: 'Market',
  receipt: 'Receipt',
  verify: 'Verify a receipt',
  prove: 'Prove a run',
  players: 'Players',
  models: 'Models',
  model: 'Model',
  runs: 'Runs',
  run: 'Claim about a run',
  court: 'Court',
  case: 'Case of the court',
  'chain-court': 'Court of contracts',
  'chain-case': 'Case of a contract',
  account: 'Your account',
  nowhere: 'Not found',
};

const View = ({ at }: { at: Route }) => {
  switch (at.kind) {
    case 'ask':
      return <AskView question={at.question} />;
    case 'markets':
      return <MarketsView />;
    case 'market':
      return <MarketView key={at.marketId} marketId={at.marketId} />;
    case 'receipt':
      return <ReceiptView key={at.receiptId} receiptId={at.receiptId} />;
    case 'verify':
      return <VerifyView />;
    case 'prove':
      return <ProveView />;
    case 'players':
      return <PlayersView />;
    case 'models':
      return <ModelsView />;
    case 'model':
      return <ModelView key={`${at.publisher}/${at.name}`} publisher={at.publisher} name={at.name} />;
    case 'runs':
      return <RunsView />;
    case 'run':
      return <RunView key={at.claimId} claimId={at.claimId} />;
    case 'court':
      return <CourtView />;
    case 'case':
      return <CaseView key={at.marketId} marketId={at.marketId} />;
    case 'chain-court':
      return <ChainCourtView />;
    case 'chain-case':
      return <ChainCaseView key={at.caseId} caseId={at.caseId} />;
    case 'account':
      return <AccountView />;
    case 'nowhere':
      return <NowhereView />;
  }
};

const Navigation = ({ at }: { at: Route }) => (
  <nav class="navigation" aria-label="Main">
    <ul class="list">
      {NAVIGATION.map(({ name, ...to }) => (
        <li key={name}>
          <a href={href(to)} aria-current={at.kind === to.kind ? 'page' : undefined}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** What a view of its kind is of. */
const placeOf = (at: Route): string => {
  if (at.kind === 'market' || at.kind === 'case') return at.marketId;
  if (at.kind === 'receipt') return at.receiptId;
  if (at.kind === 'run') return at.claimId;
  if (at.kind === 'chain-case') return at.caseId;
  return at.kind === 'model' ? `${at.publisher}/${at.name}` : '';
};

/** Header, banners, the view of the current route, and what a screen reader is told. */
export const Shell = () => {
  const at = route.value;
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const place = placeOf(at);
  useEffect(() => {
    document.title = `${TITLES[at.kind]} · Surety`;
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [at.kind, place]);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <DevelopmentBanner />
      <header class="masthead">
        <div class="masthead-inner">
          <a class="wordmark" href="#/" aria-label="Surety, home">
            <ChainMark holds={['plain', 'plain', 'plain', 'plain']} height={22} />
            <span>Surety</span>
          </a>
          <Navigation at={at} />
          <a class="purse" href="#/account" aria-current={at.kind === 'account' ? 'page' : undefined}>
            <span class="visually-hidden">Your account: </span>
            {account.value === null ? 'Account' : dollars(account.value.balanceMicroUsd)}
            <small>development</small>
          </a>
        </div>
      </header>
      <OfflineBanner />
      <main ref={main} id="main" tabIndex={-1}>
        <View at={at} />
      </main>
      <footer class="colophon small quiet">
        <p>A receipt shows what its evidence shows and no more. Assumes the operator posts honest roots.</p>
      </footer>
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </div>
    </>
  );
};
