/** EVM addresses as people type them, brought to EIP-55 form. */
import { ok, parseAddress, type Result, refuse, show } from '@surety/core';
import { skeleton } from './confusables.ts';
import { type Warning, warn } from './warning.ts';

const ADDRESS = /^0x[0-9a-f]{40}$/i;

export type Address = { readonly address: string; readonly warnings: readonly Warning[] };

const notAnAddress = (text: string): string => {
  if (ADDRESS.test(skeleton(text))) return 'it holds letters that only look like hexadecimal digits';
  const digits = /^0x[0-9a-f]+$/i.test(text) ? text.length - 2 : null;
  return digits === null ? 'it is not 0x and hexadecimal digits' : `it has ${digits} hexadecimal digits instead of 40`;
};

/**
 * An address as typed, in EIP-55 form. All-lower and all-upper spellings carry no checksum and are accepted
 * with a warning; a mixed spelling must match. Idempotent.
 *
 * @returns refused with `intent.bad-address` or `intent.bad-checksum`
 */
export const normaliseAddress = (input: unknown, field = 'subject.address'): Result<Address> => {
  const text = typeof input === 'string' ? input.replace(/^0X/, '0x') : '';
  const value = show(input);
  if (!ADDRESS.test(text)) {
    const message = `"${value}" is not an address: ${notAnAddress(text)}.`;
    const next = 'Copy the whole address, starting with 0x.';
    return refuse({ code: 'intent.bad-address', message, next, field, value, limit: '0x and 40 hex digits' });
  }
  const parsed = parseAddress(text, { field, lenient: true });
  if (!parsed.ok) {
    const message = `${text} fails its EIP-55 checksum: at least one character or its case is wrong.`;
    const next = 'Copy the address again from its source; do not correct it by hand.';
    return refuse({ code: 'intent.bad-checksum', message, next, field, value });
  }
  const said = 'The address was typed without a checksum, so a typing error would go unnoticed.';
  return ok({ address: parsed.value, warnings: parsed.value === text ? [] : [warn('address.no-checksum', said)] });
};
