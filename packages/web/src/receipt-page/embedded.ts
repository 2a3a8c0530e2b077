/** What the page carries: the receipt's bytes exactly as they stand in the file, and the keys beside it. */
import { NO_TRUST, parseTrust, type Trust } from '@surety/sdk/page-verify';

export type Embedded = { readonly receipt: Uint8Array; readonly trust: Trust };

const textOf = (element: Element | null): string => element?.textContent ?? '';

/** Bytes of base64; none where it is damaged. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
};

export const embedded = (page: Document): Embedded => {
  const utf8 = new TextEncoder();
  const receipt = page.getElementById('receipt');
  const trust = parseTrust(utf8.encode(textOf(page.getElementById('trust'))));
  return {
    receipt: receipt?.dataset.encoding === 'base64' ? fromBase64(textOf(receipt)) : utf8.encode(textOf(receipt)),
    trust: trust.ok ? trust.value : NO_TRUST,
  };
};
