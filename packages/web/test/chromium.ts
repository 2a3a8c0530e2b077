/** A headless Chromium that comes out of npm; nothing is downloaded and nothing is reached but the fixture. */
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

export const startBrowser = async (): Promise<Browser> => {
  const executablePath = await chromium.executablePath();
  return playwright.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
};
