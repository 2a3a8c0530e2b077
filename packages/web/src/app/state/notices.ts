/** Notices in this browser: whether they can be had, which subscriptions it made, and which cases they follow. */
import { signal } from '@preact/signals';
import { type ActionBody, type ActionResult, ok, type Problem, type Result, refuse } from '@surety/sdk/page';
import { network } from './network.ts';
import { forget, keep, recall } from './storage.ts';

/** One subscription of one account. */
export type Kept = { readonly account: string; readonly subscriptionId: string; readonly cases: readonly string[] };

export type Send = (body: ActionBody) => Promise<Result<ActionResult>>;

const KEY = 'notices';
const WORKER = '/service-worker.js';

const isKept = (value: unknown): value is Kept => {
  const { account, subscriptionId, cases } = (value ?? {}) as Record<string, unknown>;
  return typeof account === 'string' && typeof subscriptionId === 'string' && Array.isArray(cases);
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

export const subscriptionOf = (account: string): Kept | undefined =>
  subscriptions.value.find((each) => each.account === account);

const write = (account: string, kept: Kept | null): void => {
  const others = subscriptions.value.filter((each) => each.account !== account);
  subscriptions.value = kept === null ? others : [...others, kept];
  if (subscriptions.value.length === 0) forget(KEY);
  else keep(KEY, JSON.stringify(subscriptions.value));
};

/** Whether notices can be had here: the node may send none, and browsers may not take any. */
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

/** Asks the browser for a place to push to. It asks its owner, once. */
const placeToPush = async (): Promise<Result<Extract<ActionBody, { type: 'surety/action/notices/v1' }>['to']>> => {
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

/** Is told of the account's seats and of these cases from now on. */
export const beTold = async (account: string, cases: readonly string[], send: Send): Promise<Result<ActionResult>> => {
  const to = await placeToPush();
  if (!to.ok) return to;
  const done = await send({ type: 'surety/action/notices/v1', to: to.value, cases: [...cases] });
  if (done.ok && done.value.kind === 'notices')
    write(account, { account, subscriptionId: done.value.subscriptionId, cases });
  return done;
};

/** Is told nothing any more. */
export const stopTelling = async (account: string, send: Send): Promise<Result<ActionResult>> => {
  const kept = subscriptionOf(account);
  if (kept === undefined) return refused('This browser is not told anything.', 'Nothing needs to be done.');
  const { subscriptionId } = kept;
  const done = await send({ type: 'surety/action/notices-delete/v1', subscriptionId });
  // A node that has ended it by itself knows nothing of it any more.
  if (done.ok || done.problem.code === 'notices.unknown') write(account, null);
  return done;
};
