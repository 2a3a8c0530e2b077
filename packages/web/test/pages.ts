/** What the browser tests of a file share: the page over a fixture, and a browser to look at it. */
import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser } from './chromium.ts';
import { type Fixture, startFixture } from './fixture/server.ts';

export type Pages = { readonly fixture: Fixture; readonly browser: Browser };

/** Both are there once the first test begins, and end with the last. */
export const openPages = (): Pages => {
  const open: { fixture?: Fixture; browser?: Browser } = {};
  before(async () => {
    [open.fixture, open.browser] = await Promise.all([startFixture(), startBrowser()]);
  });
  after(async () => {
    await open.browser?.close();
    await open.fixture?.close();
  });
  return {
    get fixture() {
      return open.fixture!;
    },
    get browser() {
      return open.browser!;
    },
  };
};
