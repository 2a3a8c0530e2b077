/** Notices in this browser: whether they can be had, which subscriptions it made, and which cases they follow. */
import { signal } from '@preact/signals';
import { type ActionBody, type ActionResult, ok, type Problem, type Result, refuse } from '@surety/sdk/page';
import { network } from './network.ts';
import { forget, keep, recall } from './storage.ts';

export type Kind = 'push' | 'mail';

/** One subscription of one account; of a mailbox, its address is not kept here. */
export type Kept = {
  readonly account: string;
  readonly kind: Kind;
  readonly subscriptionId: string;
  readonly cases: readonly string[];
};

export type Send = (body: ActionBody) => Promise<Result<ActionResult>>;

const KEY = 'notices';
const WORKER = '/service-worker.js';

const isKept = (value: unknown): value is Kept => {
  const { account, kind, subscriptionId, cases } = (value ?? {}) as Record<string, unknown>;
  const isText = typeof account === 'string' && typeof subscriptionId === 'string';
  return isText && (kind === 'push' || kind === 'mail') && Array.isArray(cases);
};

const read = (): readonly Kept[] => {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return [];
  }
};

export const subscriptions = signal<readonly Kept[]>(read());

export const subscriptionOf = (account: string, kind: Kind): Kept | undefined =>
  subscriptions.value.find((each) => each.account === account && each.kind === kind);

const write = (account: string, kind: Kind, kept: Kept | null): void => {
  const others = subscriptions.value.filter((each) => each.account !== account || each.kind !== kind);
  subscriptions.value = kept === null ? others : [...others, kept];
  if (subscriptions.value.length === 0) forget(KEY);
  else keep(KEY, JSON.stringify(subscriptions.value));
};

/** Whether this node sends mails. */
export const nodeSendsMail = (): boolean => network.value.kind === 'ready' && network.value.value.notices.mail;

/** Whether push messages can be had here: the node may send none, and browsers may not take any. */
export const noticesWork = (): 'here' | 'not-by-node' | 'not-in-browser' => {
  const loaded = network.value;
  if (loaded.kind === 'ready' && loaded.value.notices.pushKey === null) return 'not-by-node';
  return 'serviceWorker' in navigator && 'PushManager' in globalThis ? 'here' : 'not-in-browser';
};

const hex = (bytes: ArrayBuffer | null): string =>
  [...new Uint8Array(bytes ?? new ArrayBuffer(0))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array((text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));

const refused = (message: string, next: string): { readonly ok: false; readonly problem: Problem } =>
  refuse({ code: 'notices.off', message, next });

type Place = Extract<ActionBody, { type: 'surety/action/notices/v1' }>['to'];

/** Asks the browser for a place to push to. It asks its owner, once. */
const placeToPush = async (): Promise<Result<Place>> => {
  const loaded = network.value;
  const pushKey = loaded.kind === 'ready' ? loaded.value.notices.pushKey : null;
  if (pushKey === null) return refused('This node sends no push messages.', 'Follow the feed instead.');
  try {
    const worker = await navigator.serviceWorker.register(WORKER);
    await navigator.serviceWorker.ready;
    const made = await worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytesOf(pushKey),
    });
    const [p256dh, auth] = [hex(made.getKey('p256dh')), hex(made.getKey('auth'))];
    return ok({ kind: 'push', endpoint: made.endpoint, p256dh, auth });
  } catch (cause) {
    return refused(
      `This browser does not take notices: ${String(cause).slice(0, 120)}.`,
      'Allow notifications for this page in the browser’s settings, or follow the feed instead.',
    );
  }
};

const set = async (account: string, to: Place, cases: readonly string[], send: Send): Promise<Result<ActionResult>> => {
  const done = await send({ type: 'surety/action/notices/v1', to, cases: [...cases] });
  if (done.ok && done.value.kind === 'notices')
    write(account, to.kind, { account, kind: to.kind, subscriptionId: done.value.subscriptionId, cases });
  return done;
};

/** Is told of the account's seats and of these cases from now on. */
export const beTold = async (account: string, cases: readonly string[], send: Send): Promise<Result<ActionResult>> => {
  const to = await placeToPush();
  return to.ok ? set(account, to.value, cases, send) : to;
};

/** The same by mail, once whoever reads the mailbox has confirmed. */
export const beMailed = (
  account: string,
  address: string,
  cases: readonly string[],
  send: Send,
): Promise<Result<ActionResult>> => set(account, { kind: 'mail', address }, cases, send);

/** Is told nothing any more. */
export const stopTelling = async (account: string, kind: Kind, send: Send): Promise<Result<ActionResult>> => {
  const kept = subscriptionOf(account, kind);
  if (kept === undefined) return refused('Nothing is told.', 'Nothing needs to be done.');
  const { subscriptionId } = kept;
  const done = await send({ type: 'surety/action/notices-delete/v1', subscriptionId });
  // A node that has ended it by itself knows nothing of it any more.
  if (done.ok || done.problem.code === 'notices.unknown') write(account, kind, null);
  return done;
};
