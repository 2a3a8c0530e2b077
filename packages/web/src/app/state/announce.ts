/** What a screen reader is told between page changes. One polite live region, no more than one line per turn. */
import { signal } from '@preact/signals';

export const announcement = signal('');

let last = 0;

/** Says something now; repeated text is said again only if it changed. */
export const announce = (text: string): void => {
  announcement.value = text;
  last = Date.now();
};

/** For moving prices: says something only if nothing was said in the last five seconds. */
export const announceCalmly = (text: string): void => {
  if (Date.now() - last >= 5_000) announce(text);
};
