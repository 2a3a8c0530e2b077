/** Telling the operator: each alert once while it lasts, as a JSON line and to an address of theirs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert } from './moves.ts';

/** Seconds after which an alert that still holds is said again. */
const AGAIN_SECONDS = 600;
/** Alerts that wait for delivery; beyond them the oldest are dropped and counted. */
const MOST_WAITING = 100;
const TRIES = 5;
const TIMEOUT_MS = 10_000;

export type AlertSink = {
  /** Says what is new among the alerts that hold now. */
  readonly raise: (alerts: readonly Alert[], nowSeconds: number) => void;
  /** Alerts that were given up: `--alert-url` did not take them. */
  readonly undelivered: () => number;
  /** Waits for what is being delivered. */
  readonly drain: () => Promise<void>;
};

export type AlertOptions = {
  /** Writes one alert to the log. */
  readonly say: (alert: Alert) => void;
  /** Takes a POST of JSON for each alert. */
  readonly url?: string;
  /** Milliseconds before the second try; doubled with each further one. */
  readonly pauseMs?: number;
};

const keyOf = (alert: Alert): string =>
  `${alert.kind} ${'claimId' in alert ? alert.claimId : ''} ${'disputeId' in alert ? alert.disputeId : ''} ${'move' in alert ? alert.move : ''}`;

export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each));

const post = async (url: string, alert: Alert): Promise<boolean> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'surety-watch/1' },
      body: toJson(alert),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
};

export const createAlerts = ({ say, url, pauseMs = 1_000 }: AlertOptions): AlertSink => {
  /** When each alert that holds was last said. */
  let said = new Map<string, number>();
  let waiting: Alert[] = [];
  let dropped = 0;
  let working: Promise<void> | null = null;

  const deliver = async (to: string, alert: Alert): Promise<void> => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (await post(to, alert)) return;
      if (attempt < TRIES - 1) await sleep(pauseMs * 2 ** attempt, undefined, { ref: false });
    }
    dropped += 1;
  };

  const work = async (to: string): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await deliver(to, next);
    working = null;
  };

  const queue = (alert: Alert): void => {
    if (url === undefined) return;
    waiting.push(alert);
    dropped += Math.max(0, waiting.length - MOST_WAITING);
    waiting = waiting.slice(-MOST_WAITING);
    working ??= work(url);
  };

  return {
    raise: (alerts, nowSeconds) => {
      // What holds no longer is forgotten, so that memory is bounded by what holds.
      const holding = new Map<string, number>();
      for (const alert of alerts) {
        const key = keyOf(alert);
        const before = said.get(key);
        const isNew = before === undefined || nowSeconds - before >= AGAIN_SECONDS;
        holding.set(key, isNew ? nowSeconds : before);
        if (!isNew) continue;
        say(alert);
        queue(alert);
      }
      said = holding;
    },
    undelivered: () => dropped,
    drain: async () => {
      while (working !== null) await working;
    },
  };
};
