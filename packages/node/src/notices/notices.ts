/**
 * Notices of the court: a seat that was drawn, a window to vote that opens or soon closes, a case that moves. What is due is read
 * from what everybody can read; what was told is in the journal; sending goes through its outbox, which tries again.
 */
import { createHmac } from 'node:crypto';
import { ok, type Problem, type Result, refuse } from '@surety/core';
import type { Action, ActionResult, NoticeTarget } from '@surety/protocol';
import { keyOf } from '../engine/p256.ts';
import { turns } from '../engine/turns.ts';
import { checkTarget, type TargetOptions } from '../http/webhooks/target.ts';
import type { Host, Move } from '../journal/host.ts';
import { type Places, placesIn, type Seen, type Standing } from '../places/places.ts';
import type { Origin, Standings } from '../places/standing.ts';
import { deliverNotices, type Senders } from './deliver.ts';
import {
  CONFIRM_SECONDS,
  type NoticeKind,
  type SubscriptionEvent,
  type SubscriptionState,
  subscriptionGame,
  subscriptionStream,
  unknownSubscription,
} from './game.ts';
import { createLook, type LookOptions } from './look.ts';
import { ASKS_STREAM, type AsksEvent, asksGame, HOUR_SECONDS, mailboxDigest } from './mail/asks.ts';
import { displacedBy, SUBSCRIPTION_PLACES } from './room.ts';
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

const PER_ACCOUNT = 8;
/** Mailboxes of an account that wait to be confirmed. */
const WAITING_PER_ACCOUNT = 1;
/** What networks are told apart within. */
const SCOPE = 'notices';

/** Call before the host loads anything. */
export const registerNotices = (host: Pick<Host, 'register'>): void => {
  host.register(subscriptionGame);
  host.register(asksGame);
};

const off = (kind: NoticeKind): Problem => ({
  code: 'notices.off',
  message: `This node sends no notices by ${kind}.`,
  next: 'Follow the feed of your cases instead.',
  field: 'action.to.kind',
  value: kind,
});

const full = (limit: string): Problem => ({
  code: 'input.too-large',
  message: 'There is no room for another subscription to notices.',
  next: 'End one first; one may follow many cases.',
  field: 'action.to',
  limit,
});

const noPoint = (): Problem => ({
  code: 'input.malformed',
  message: 'The key of the browser is no point of P-256, so nothing can be encrypted to it.',
  next: 'Send the key that the browser gave with its subscription.',
  field: 'action.to.p256dh',
});

const placeOf = (to: NoticeTarget): string => (to.kind === 'push' ? to.endpoint : to.address.toLowerCase());

export const createNotices = (options: NoticesOptions): Notices => {
  const { host, targets, senders, standings, now, onError, openCases, places = SUBSCRIPTION_PLACES } = options;
  const eyes = createLook(options);
  const inTurn = turns();
  const known = new Map<string, SubscriptionState>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let looking: Promise<void> | undefined;

  /** Reads what the journal has of a subscription now. */
  const refresh = async (subscriptionId: string): Promise<SubscriptionState> => {
    const state = await host.state<SubscriptionState>(subscriptionStream(subscriptionId));
    known.set(subscriptionId, state);
    if (state.status === 'ended') targets.remove(subscriptionId);
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

  /** What can be said of where notices go, without a look at who else has any. */
  const admitted = async ({ to }: Of<'surety/action/notices/v1'>): Promise<Result<true>> => {
    if (senders[to.kind] === undefined) return refuse(off(to.kind));
    if (to.kind === 'mail') return ok(true);
    if (keyOf(to.p256dh) === undefined) return refuse(noPoint());
    const target = await checkTarget(to.endpoint, options);
    if (target.ok) return ok(true);
    return refuse({ ...target.problem, code: 'notices.forbidden-target', field: 'action.to.endpoint' });
  };

  /** Whose subscription makes room for a new one of an account, if one has to. */
  const roomFor = async (account: string, to: NoticeTarget, own: Standing): Promise<Result<string | null>> => {
    const held = [...known.values()].filter(({ status }) => status !== 'ended');
    const others = held.filter((each) => each.account === account);
    if (others.length >= PER_ACCOUNT) return refuse(full(`${PER_ACCOUNT} of an account`));
    if (to.kind === 'mail' && others.filter(({ status }) => status === 'waiting').length >= WAITING_PER_ACCOUNT)
      return refuse(full(`${WAITING_PER_ACCOUNT} mailbox of an account that is not confirmed`));
    const backed = await standings.backed();
    const open = new Set(openCases());
    const displaced = displacedBy(own, held, {
      places,
      standingOf: (each) =>
        backed(each.account, now()) ?? { kind: 'free', ...(each.from ?? { network: null, since: each.setAt }) },
      isOpen: (caseId) => open.has(caseId),
    });
    return displaced === 'full'
      ? refuse(full(`${placesIn(places)} at this node`))
      : ok(displaced?.subscriptionId ?? null);
  };

  const setNow = async (
    { account, to, nonce }: Of<'surety/action/notices/v1'>,
    found: Pick<Extract<SubscriptionEvent, { kind: 'set' }>, 'cases' | 'told'> & { readonly from: Seen },
    further: readonly Move[],
  ): Promise<Result<ActionResult>> => {
    const at = now();
    const subscriptionId = idOf(account, to);
    const backed = await standings.backed();
    // A stake counts after an hour: else one would be moved from account to account, and ask mailboxes for each.
    const own: Standing = backed(account, at - HOUR_SECONDS) ?? { kind: 'free', ...found.from };
    const moves: Move[] = [...further];
    const holds = known.has(subscriptionId) && known.get(subscriptionId)?.status !== 'ended';
    const room = holds ? ok(null) : await roomFor(account, to, own);
    if (!room.ok) return room;
    if (room.value !== null) {
      const event: SubscriptionEvent = { kind: 'ended', why: 'displaced', at };
      moves.push({ stream: subscriptionStream(room.value), event });
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
    if (done.ok) targets.put(subscriptionId, to);
    else if (isNew) targets.remove(subscriptionId);
    if (!done.ok) return done;
    if (room.value !== null) await refresh(room.value);
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
      const may = await admitted(action);
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
          known.set(state.subscriptionId, state);
        }
        after = page.at(-1);
        if (page.length < 500) break;
      }
      // A process that was killed between journal and file has left one too many.
      targets.keepOnly((id) => known.get(id)?.status === 'active' || known.get(id)?.status === 'waiting');
      timer = setInterval(() => void look().catch(onError), seconds * 1_000);
    },
    stop: () => clearInterval(timer),
  };
};
