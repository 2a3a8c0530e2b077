/** Certificates in PEM (RFC 7468), one after another and nothing else but white space. */
import { fromBase64 } from '@surety/core';

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*/y;

/** DER of each certificate, or `null` where the text is anything else or holds none. */
export const certificatesOfPem = (text: string): readonly Uint8Array[] | null => {
  const trimmed = text.trim();
  const found: Uint8Array[] = [];
  BLOCK.lastIndex = 0;
  for (let at = 0; at < trimmed.length; at = BLOCK.lastIndex) {
    const body = BLOCK.exec(trimmed)?.[1];
    if (body === undefined) return null;
    const der = fromBase64(body.replaceAll(/\s/g, ''));
    if (!der.ok) return null;
    found.push(der.value);
  }
  return found.length > 0 ? found : null;
};
