/** What a person does on the page, as the tests say it. */
import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { READERS } from './fixture/readers.ts';
import type { Fixture } from './fixture/server.ts';

export const SCAM = 'Is uniswap-claim-rewards.app a scam?';

export const PHONE = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
} as const;

/** A page in a context of its own, and what its console complained about. */
export type Visit = { readonly page: Page; readonly complaints: string[]; readonly leave: () => Promise<void> };

export const visit = async (browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> => {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  // Generous, because a loaded machine is no failure; nothing here measures time.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints, leave: () => context.close() };
};

export const readBack = async (page: Page, question: string): Promise<void> => {
  await page.getByLabel('Your question').fill(question);
  await page.getByRole('button', { name: 'Read it back' }).click();
  await page.locator('.reading').waitFor();
};

export const confirm = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Ask and pay/ }).click();
  await page.locator('.market').waitFor();
};

/** Text as a person sees it, line breaks included, which `textContent` does not have. */
// biome-ignore lint/performance/useDomNodeTextContent: this asks the browser, through Playwright, for what is visible
export const textOf = (shown: Locator): Promise<string> => shown.innerText();

/** Waits until the fixture's readers have all spoken and the page has heard it. */
export const allRead = async (fixture: Fixture, page: Page): Promise<void> => {
  const [question] = [...fixture.questions.values()].slice(-1);
  assert.ok(question !== undefined);
  await page.waitForFunction(
    (readers) => document.querySelectorAll('.analyst, .abstained').length >= readers,
    READERS.length,
  );
  while (question.receipts.length < 2) await page.waitForTimeout(50);
};

/** Presses Tab until the focused element's name matches. */
export const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  const passed: string[] = [];
  for (let press = 0; press < 80; press++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.labels?.[0]?.textContent ?? '';
      return (element?.getAttribute('aria-label') ?? (label || element?.textContent) ?? '').trim();
    });
    if (name.test(focused)) return;
    passed.push(focused);
  }
  assert.fail(`Tab never reached ${name}; it passed ${passed.join(' | ')}`);
};

/** Whether the focused element shows an outline. */
export const focusIsVisible = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const seen = [document.activeElement, document.activeElement?.closest('label, .ask-box')];
    return seen.some(
      (element) =>
        element &&
        getComputedStyle(element).outlineStyle !== 'none' &&
        Number.parseFloat(getComputedStyle(element).outlineWidth) >= 2,
    );
  });
