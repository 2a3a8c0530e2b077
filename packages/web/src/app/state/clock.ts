/** The page's one clock: unix seconds, ticking once a second while the page is visible. */
import { signal } from '@preact/signals';

const read = (): number => Math.floor(Date.now() / 1000);

export const now = signal(read());

export const startClock = (): void => {
  setInterval(() => {
    if (!document.hidden) now.value = read();
  }, 1000);
  document.addEventListener('visibilitychange', () => {
    now.value = read();
  });
};
