/** Sending what is due, as effects of the journal: at least once each, again where that can help. */
import { type Result, SuretyError } from '@surety/core';
import type { NoticeTarget } from '@surety/protocol';
import type { Host } from '../journal/host.ts';
import type { Notice } from './due.ts';
import {
  CONFIRM_SECONDS,
  type ConfirmEffect,
  type NoticeEffect,
  type SubscriptionEvent,
  type SubscriptionState,
  subscriptionStream,
} from './game.ts';
import type { MailSender } from './mail/send.ts';
import type { Sent } from './sent.ts';
import type { Targets } from './targets.ts';

/** How each kind of notice is sent; a kind that this node does not send is missing. */
export type Senders = {
  readonly push?: (target: Extract<NoticeTarget, { kind: 'push' }>, notice: Notice) => Promise<Sent>;
  readonly mail?: MailSender;
};

export type DeliverOptions = {
  readonly host: Pick<Host, 'state' | 'onEffect'>;
  readonly targets: Targets;
  readonly senders: Senders;
  /** Unix seconds. */
  readonly now: () => number;
  /** Writes down what came of it. */
  readonly record: (subscriptionId: string, event: SubscriptionEvent) => Promise<Result<unknown>>;
};

/** Seconds after which a notice without an end is no news any more. */
const STALE_SECONDS = 86_400;

/**
 * Most that is on its way at once. The outbox works on 64 effects at a time, those that settle money too, and a place that
 * never answers holds one for ten seconds: whoever subscribes many of them must not hold up the rest.
 */
const AT_ONCE = 16;

const later = (how: string, why: string, subscriptionId: string): SuretyError =>
  new SuretyError({
    code: 'notices.failed',
    message: `A notice${how} was not taken: it ${why}.`,
    next: 'It is tried again until it is no news any more.',
    field: 'subscriptionId',
    value: subscriptionId,
  });

/** Takes up what the journal has to send. */
export const deliverNotices = ({ host, targets, senders, now, record }: DeliverOptions): void => {
  const isStale = ({ until, updated }: Notice): boolean => now() >= (until ?? updated + STALE_SECONDS);

  /** @throws {SuretyError} `notices.failed`, so that the outbox tries again */
  const send = async ({ subscriptionId, notice }: NoticeEffect): Promise<void> => {
    const { status, kind, failures } = await host.state<SubscriptionState>(subscriptionStream(subscriptionId));
    const target = targets.get(subscriptionId);
    if (status !== 'active' || target === undefined) return;
    const at = now();
    if (isStale(notice)) return void (await record(subscriptionId, { kind: 'given-up', at }));
    const sent =
      target.kind === 'push'
        ? await senders.push?.(target, notice)
        : await senders.mail?.send(target, notice, subscriptionId);
    if (sent === undefined) return;
    switch (sent.kind) {
      case 'sent':
        if (failures > 0) await record(subscriptionId, { kind: 'delivered', at });
        return;
      case 'gone':
        await record(subscriptionId, { kind: 'ended', why: 'gone', at });
        return;
      case 'refused':
        await record(subscriptionId, { kind: 'given-up', at });
        return;
      case 'later':
        throw later(` by ${kind}`, sent.why, subscriptionId);
    }
  };

  /** @throws {SuretyError} `notices.failed`, so that the outbox tries again */
  const ask = async ({ subscriptionId }: ConfirmEffect): Promise<void> => {
    const { status, setAt } = await host.state<SubscriptionState>(subscriptionStream(subscriptionId));
    const target = targets.get(subscriptionId);
    if (status !== 'waiting' || target?.kind !== 'mail' || now() >= setAt + CONFIRM_SECONDS) return;
    const sent = await senders.mail?.ask(target, subscriptionId);
    if (sent?.kind === 'later') throw later(' by mail', sent.why, subscriptionId);
    if (sent?.kind === 'refused') await record(subscriptionId, { kind: 'ended', why: 'gone', at: now() });
  };

  let underWay = 0;
  /** @throws {SuretyError} `notices.failed` where there is no room, so that the outbox comes again */
  const inRoom =
    <F extends NoticeEffect | ConfirmEffect>(work: (effect: F) => Promise<void>) =>
    async (effect: F): Promise<void> => {
      if (underWay >= AT_ONCE) throw later('', `waits for ${AT_ONCE} others`, effect.subscriptionId);
      underWay += 1;
      try {
        await work(effect);
      } finally {
        underWay -= 1;
      }
    };

  host.onEffect<NoticeEffect>('notice.send', inRoom(send));
  host.onEffect<ConfirmEffect>('notice.confirm', inRoom(ask));
};
