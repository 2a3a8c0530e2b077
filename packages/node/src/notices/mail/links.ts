/** Links in mails, by which whoever reads a mailbox confirms notices or ends them; each is good for one subscription alone. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type LinkPurpose = 'confirm' | 'unsubscribe';

const tokenOf = (secret: string, purpose: LinkPurpose, subscriptionId: string): Buffer =>
  createHmac('sha256', secret).update(`${purpose} ${subscriptionId}`).digest();

/** @param secret hex or any other text that nobody else knows */
export const linkOf = (pageOrigin: string, secret: string, purpose: LinkPurpose, subscriptionId: string): string => {
  const token = tokenOf(secret, purpose, subscriptionId).toString('hex');
  return `${pageOrigin}/notices/${purpose}?id=${subscriptionId}&token=${token}`;
};

/** The subscription that a link is good for, if it is ours. */
export const openLink = (url: URL, secret: string, purpose: LinkPurpose): string | undefined => {
  const id = url.searchParams.get('id') ?? '';
  const token = url.searchParams.get('token') ?? '';
  if (!/^[0-9a-f]{64}$/.test(id) || !/^[0-9a-f]{64}$/.test(token)) return undefined;
  return timingSafeEqual(Buffer.from(token, 'hex'), tokenOf(secret, purpose, id)) ? id : undefined;
};
