/** Signatures of deliveries, by the Standard Webhooks specification (https://www.standardwebhooks.com). */
import { createHmac } from 'node:crypto';

/** HMAC-SHA256 over `id.timestamp.body` with the secret's bytes, as `v1,<base64>`. */
export const signDelivery = (secret: string, id: string, timestamp: number, body: string): string => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
};
