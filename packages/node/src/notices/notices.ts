/**
 * Notices of the court: a seat that was drawn, a window to vote that opens or soon closes, a case that moves. What is due is read
 * from what everybody can read; what was told is in the journal; sending goes through its outbox, which tries again.
 */
import { createHmac } from 'node:crypto';
import { ok, type Result, refuse } from '@surety/core';
import type { Action, ActionResult, NoticeTarget } from '@surety/protocol';
import { turns } from '../engine/turns.ts';
import type { TargetOptions } from '../http/webhooks/target.ts';
import type { Host, Move } from '../journal/host.ts';
import type { Places, Seen, Standing } from '../places/places.ts';
import type { Origin, Standings } from '../places/standing.ts';
import { admitTarget } from './admit.ts';
import { deliverNotices, type Senders } from './deliver.ts';
import {
  CONFIRM_SECONDS,
  type SubscriptionEvent,
  type SubscriptionState,
  subscriptionGame,
  subscriptionStream,
  unknownSubscription,
} from './game.ts';
import { createLook, type LookOptions } from './look.ts';
import { ASKS_STREAM, type AsksEvent, asksGame, HOUR_SECONDS, mailboxDigest } from './mail/asks.ts';
import { roomFor, SUBSCRIPTION_PLACES } from './room.ts';
import type { Targets } from './targets.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

export type Notices = {
  /** Starts a subscription, or changes which cases it follows; `further` goes into the same transaction. */
  readonly set: (
    action: Of<'surety/action/notices/v1'>,
    from: Origin,
    further?: readonly Move[],
  ) => Promise<Result<ActionResult>>;
  readonly remove: (
    action: Of<'surety/action/notices-delete/v1'>,
    further?: readonly Move[],
  ) => Promise<Result<ActionResult>>;
  /** Whoever reads the mailbox wants notices. */
  readonly confirm: (subscriptionId: string) => Promise<Result<true>>;
  /** Whoever reads the mailbox wants none. */
  readonly end: (subscriptionId: string) => Promise<Result<true>>;
  /** Looks once for what is due. */
  readonly look: () => Promise<void>;
  /** Reads the subscriptions that there are, and looks again and again. */
  readonly start: (seconds: number) => Promise<void>;
  readonly stop: () => void;
};

export type NoticesOptions = TargetOptions &
  LookOptions & {
    readonly host: Pick<Host, 'transact' | 'state' | 'streams' | 'onEffect'>;
    readonly targets: Targets;
    readonly senders: Senders;
    readonly standings: Standings;
    /** Subscriptions that there is room for; {@link SUBSCRIPTION_PLACES} unless stated. */
    readonly places?: Places;
    /** Makes ids that say nothing of the address behind them; hex. */
    readonly secret: string;
    readonly onError: (cause: unknown) => void;
  };

/** What networks are told apart within. */
const SCOPE = 'notices';

/** Call before the host loads anything. */
export const registerNotices = (host: Pick<Host, 'register'>): void => {
  host.register(subscriptionGame);
  host.register(asksGame);
};

const placeOf = (to: NoticeTarget): string => (to.kind === 'push' ? to.endpoint : to.address.toLowerCase());

export const createNotices = (options: NoticesOptions): Notices => {
  const { host, targets, senders, standings, now, onError, openCases, places = SUBSCRIPTION_PLACES } = options;
  const eyes = createLook(options);
  const inTurn = turns();
  /** Those that have not ended. */
  const known = new Map<string, SubscriptionState>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let looking: Promise<void> | undefined;

  /** Reads what the journal has of a subscription now. */
  const refresh = async (subscriptionId: string): Promise<SubscriptionState> => {
    const state = await host.state<SubscriptionState>(subscriptionStream(subscriptionId));
    if (state.status === 'ended') {
      known.delete(subscriptionId);
      targets.remove(subscriptionId);
    } else known.set(subscriptionId, state);
    return state;
  };

  const record = async (
    subscriptionId: string,
    event: SubscriptionEvent,
    further: readonly Move[] = [],
  ): Promise<Result<SubscriptionState>> => {
    const done = await host.transact([{ stream: subscriptionStream(subscriptionId), event }, ...further]);
    return done.ok ? ok(await refresh(subscriptionId)) : done;
  };

  const idOf = (account: string, to: NoticeTarget): string =>
    createHmac('sha256', options.secret)
      .update(`${account} ${to.kind} ${placeOf(to)}`)
      .digest('hex');

  const isActive = (subscriptionId: string): boolean => known.get(subscriptionId)?.status === 'active';

  /** Whose subscription makes room for a new one, if one has to. */
  const room = async (account: string, to: NoticeTarget, own: Standing): Promise<Result<string | null>> => {
    const backed = await standings.backed();
    const open = new Set(openCases());
    return roomFor({ account, to, standing: own }, [...known.values()], {
      places,
      standingOf: (each) =>
        backed(each.account, now()) ?? { kind: 'free', ...(each.from ?? { network: null, since: each.setAt }) },
      isOpen: (caseId) => open.has(caseId),
    });
  };

  const setNow = async (
    { account, to, nonce }: Pick<Of<'surety/action/notices/v1'>, 'account' | 'to' | 'nonce'>,
    found: Pick<Extract<SubscriptionEvent, { kind: 'set' }>, 'cases' | 'told'> & { readonly from: Seen },
    further: readonly Move[],
  ): Promise<Result<ActionResult>> => {
    const at = now();
    const subscriptionId = idOf(account, to);
    const backed = await standings.backed();
    // A stake counts after an hour: else one would be moved from account to account, and ask mailboxes for each.
    const own: Standing = backed(account, at - HOUR_SECONDS) ?? { kind: 'free', ...found.from };
    const moves: Move[] = [...further];
    const displaced = known.has(subscriptionId) ? ok(null) : await room(account, to, own);
    if (!displaced.ok) return displaced;
    if (displaced.value !== null) {
      const event: SubscriptionEvent = { kind: 'ended', why: 'displaced', at };
      moves.push({ stream: subscriptionStream(displaced.value), event });
    }
    if (to.kind === 'mail' && !isActive(subscriptionId)) {
      const event: AsksEvent = { kind: 'asked', mailbox: mailboxDigest(options.secret, to.address), standing: own, at };
      moves.push({ stream: ASKS_STREAM, event });
    }
    const isNew = targets.get(subscriptionId) === undefined;
    // Before the journal has it, since what follows from that may be sent at once.
    if (isNew) targets.put(subscriptionId, to);
    const event = { kind: 'set', account, to: to.kind, ...found, nonce, at } as const;
    const done = await record(subscriptionId, event, moves);
    if (done.ok && !isNew) targets.put(subscriptionId, to);
    if (!done.ok && isNew) targets.remove(subscriptionId);
    // Who was to make room has ended meanwhile by itself.
    if (!done.ok && displaced.value !== null && !known.has(displaced.value))
      return setNow({ account, to, nonce }, found, further);
    if (!done.ok) return done;
    if (displaced.value !== null) await refresh(displaced.value);
    return ok({ kind: 'notices', subscriptionId, confirmed: done.value.status === 'active' });
  };

  /** Mailboxes that nobody confirmed in time: their addresses are not kept, and they take up no room. */
  const forget = async (): Promise<void> => {
    const at = now();
    for (const [id, { status, setAt }] of [...known])
      if (status === 'waiting' && at >= setAt + CONFIRM_SECONDS)
        await record(id, { kind: 'ended', why: 'unconfirmed', at });
  };

  const lookOnce = async (): Promise<void> => {
    await forget();
    const active = [...known.values()].filter(({ status }) => status === 'active');
    for (const { subscriptionId, told, notices } of await eyes.at(active))
      await record(subscriptionId, { kind: 'due', told, notices, at: now() });
  };

  const look = (): Promise<void> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  deliverNotices({ host, targets, senders, now, record });

  const byReader = async (subscriptionId: string, event: SubscriptionEvent): Promise<Result<true>> => {
    if (!known.has(subscriptionId)) return refuse(unknownSubscription());
    const done = await record(subscriptionId, event);
    return done.ok ? ok(true) : done;
  };

  return {
    look,
    set: async (action, from, further = []) => {
      const may = await admitTarget(action.to, senders, options);
      if (!may.ok) return may;
      // Only cases that there are: every look reads each of them again.
      const { cases, told } = await eyes.standing([...new Set(action.cases)]);
      const seen = await standings.seen(action.account, from, SCOPE);
      return inTurn('set', () => setNow(action, { cases, told, from: seen }, further));
    },
    remove: async ({ account, subscriptionId, nonce }, further = []) => {
      if (known.get(subscriptionId)?.account !== account) return refuse(unknownSubscription());
      const done = await record(subscriptionId, { kind: 'ended', why: 'asked', nonce, at: now() }, further);
      return done.ok ? ok({ kind: 'notices-delete', subscriptionId }) : done;
    },
    confirm: (subscriptionId) => byReader(subscriptionId, { kind: 'confirmed', at: now() }),
    end: (subscriptionId) => byReader(subscriptionId, { kind: 'ended', why: 'asked', at: now() }),
    start: async (seconds) => {
      for (let after: string | undefined; ; ) {
        const page = await host.streams('notices:', { limit: 500, ...(after !== undefined && { after }) });
        for (const stream of page) {
          const state = await host.state<SubscriptionState>(stream);
          if (state.status !== 'ended') known.set(state.subscriptionId, state);
        }
        after = page.at(-1);
        if (page.length < 500) break;
      }
      // A process that was killed between journal and file has left one too many.
      targets.keepOnly((id) => known.has(id));
      timer = setInterval(() => void look().catch(onError), seconds * 1_000);
    },
    stop: () => clearInterval(timer),
  };
};
