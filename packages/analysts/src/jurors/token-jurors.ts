/**
 * Jurors of "is this the real USDC?": three token lists, kept by different people, of which no player reads any. Each
 * list was calibrated on labelled tokens that are in no player's data.
 */

import type { NameAnalyst } from '../analyst.ts';
import aave from '../artefact/tokens-aave.json' with { type: 'json' };
import calibration from '../artefact/tokens-calibration.json' with { type: 'json' };
import superchain from '../artefact/tokens-superchain.json' with { type: 'json' };
import wallets from '../artefact/tokens-wallets.json' with { type: 'json' };
import { tokenListAnalyst } from '../token-lists/token-list-analyst.ts';

const LABELS = 'dawsbot/eth-labels#tokens';
const { calibrations } = calibration;

export const tokenJurors: readonly NameAnalyst[] = [
  tokenListAnalyst({
    id: 'tokens-wallets',
    view: 'The tokens that two wallet makers, MetaMask and Ledger, show to their users.',
    family: 'token-list:wallets',
    trainedOn: [...wallets.from, LABELS],
    list: wallets,
    calibration: calibrations.wallets,
  }),
  tokenListAnalyst({
    id: 'tokens-superchain',
    view: 'The tokens that Optimism lists for the bridges of its chains.',
    family: 'token-list:superchain',
    trainedOn: [...superchain.from, LABELS],
    list: superchain,
    calibration: calibrations.superchain,
  }),
  tokenListAnalyst({
    id: 'tokens-aave',
    view: 'The tokens that Aave takes as deposits.',
    family: 'token-list:aave',
    trainedOn: [...aave.from, LABELS],
    list: aave,
    calibration: calibrations.aave,
  }),
];
