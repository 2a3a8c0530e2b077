/** Hears that another process appended something (LISTEN/NOTIFY). Missing one only delays followers, never loses. */
import { Client } from 'pg';

export type Notifications = { readonly start: () => void; readonly stop: () => Promise<void> };

export type NotificationsOptions = {
  readonly databaseUrl: string;
  /** Our own commits are known already. */
  readonly incarnation: string;
  readonly onForeign: () => void;
};

const RETRY_MS = 1_000;
/** Many notifications in a row are one. */
const QUIET_MS = 20;

export const createNotifications = (options: NotificationsOptions): Notifications => {
  let client: Client | undefined;
  let stopped = false;
  let quiet: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;

  const heard = (): void => {
    quiet ??= setTimeout(() => {
      quiet = undefined;
      options.onForeign();
    }, QUIET_MS);
  };

  const connect = async (): Promise<void> => {
    const fresh = new Client({
      connectionString: options.databaseUrl,
      application_name: 'surety listener',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    const again = (): void => {
      if (stopped || client !== fresh) return;
      client = undefined;
      retry = setTimeout(() => void connect(), RETRY_MS);
    };
    client = fresh;
    fresh.on('error', again);
    fresh.on('end', again);
    fresh.on('notification', ({ payload }) => {
      if (payload !== options.incarnation) heard();
    });
    try {
      await fresh.connect();
      await fresh.query('LISTEN surety_journal');
      heard();
    } catch {
      again();
    }
  };

  return {
    start: () => void connect(),
    stop: async () => {
      stopped = true;
      clearTimeout(quiet);
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
};
