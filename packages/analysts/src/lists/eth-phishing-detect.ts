/** The deny list that ships inside the npm package `eth-phishing-detect`: old and frozen, and said to be. */

import config from 'eth-phishing-detect/src/config.json' with { type: 'json' };
import type { DomainList } from './lists.ts';
import { listsAnalyst } from './lists.ts';

export const ETH_PHISHING_DETECT: DomainList = {
  name: 'eth-phishing-detect 1.2.0',
  asOf: '2022-08-31',
  deny: new Set(config.blacklist),
};

/** The built-in lists player. */
export const ethPhishingDetectAnalyst = listsAnalyst([ETH_PHISHING_DETECT]);
