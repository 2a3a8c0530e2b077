/** Who is who in a claim and its disputes. */
import type { ClaimView, Dispute } from '@surety/chain';

type Hex = `0x${string}`;

/** Addresses, whatever their checksum. */
export const same = (a: Hex, b: Hex): boolean => a.toLowerCase() === b.toLowerCase();

export const isMine = ({ claim }: ClaimView, me: Hex): boolean => same(claim.provider, me);

export const isLive = ({ turn }: Dispute): boolean => turn === 'provider' || turn === 'challenger';
