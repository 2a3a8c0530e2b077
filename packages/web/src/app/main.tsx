/** The page: ask → confirm → live market → receipt. Start reading at `shell.tsx`. */
import { render } from 'preact';
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/ui.css';
import '../styles/shell.css';
import '../styles/ask.css';
import '../styles/market.css';
import '../styles/receipt.css';
import '../styles/tables.css';
import '../styles/models.css';
import '../styles/line.css';
import '../styles/runs.css';
import '../styles/court.css';
import '../styles/prove.css';
import { effect } from '@preact/signals';
import { startRouter } from './router.ts';
import { Shell } from './shell.tsx';
import { startAccount } from './state/account.ts';
import { startClock } from './state/clock.ts';
import { startNetwork } from './state/network.ts';
import { pinOnFirstVisit } from './state/trust.ts';

const root = document.getElementById('app');
if (root !== null) {
  startRouter();
  startClock();
  startNetwork();
  startAccount();
  effect(pinOnFirstVisit);
  render(<Shell />, root);
}
