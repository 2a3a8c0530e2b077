/** Notices over a real journal and a court that a test moves by hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, refuse } from '@surety/core';
import type { CourtCase, CourtJuror } from '@surety/protocol';
import { registryGame } from '../engine/court/registry.ts';
import { accountGame } from '../engine/games.ts';
import { SAMPLES } from '../http/testing/samples.ts';
import { createHost, type Host } from '../journal/host.ts';
import type { Places } from '../places/places.ts';
import { createStandings } from '../places/standing.ts';
import { temporaryPostgres } from '../processes/temporary.ts';
import type { Senders } from './deliver.ts';
import { createNotices, type Notices, registerNotices } from './notices.ts';
import { fileTargets } from './targets.ts';

export const CASE = SAMPLES.case.output as CourtCase;
/** Where everybody acts from unless a test says otherwise. */
export const ORIGIN = { remote: '192.0.2.1' };
export const PAGE = 'https://court.example';
export const NOW = 1_750_000_000;
export const SECRET = '0a'.repeat(32);

export type Bed = {
  /** Unix seconds, and the case as everybody reads it; both to be read and set. */
  readonly court: { now: number; case: CourtCase };
  /** Somebody sits in the running round, and has this to do. */
  readonly seat: (account: string, todo: 'commit' | 'open' | 'done', from: number, until: number) => void;
  /** Somebody sits no more. */
  readonly unseat: (account: string) => void;
  readonly host: () => Host;
  readonly notices: () => Notices;
  /** What went wrong so far, and was told to the operator. */
  readonly errors: unknown[];
  /** Folder in which targets are kept. */
  readonly folder: string;
  /** Stops and starts again over the same journal, with other senders if they are given. */
  readonly restart: (senders?: Senders) => Promise<void>;
  /** What every action has, with a nonce of its own. */
  readonly common: (account: string) => {
    readonly account: string;
    readonly chainId: number;
    readonly operator: string;
    readonly nonce: string;
    readonly expiresAt: number;
  };
  readonly end: () => Promise<void>;
};

/**
 * @param sendersAt how notices are sent, given the test's clock
 * @param places fewer than a node has
 */
export const startNotices = async (sendersAt: (now: () => number) => Senders, places?: Places): Promise<Bed> => {
  const database = await temporaryPostgres();
  const home = mkdtempSync(join(tmpdir(), 'surety-notices-'));
  const folder = join(home, 'notices');
  const court = { now: NOW, case: CASE };
  const duties = new Map<string, CourtJuror['duties']>();
  const errors: unknown[] = [];
  const now = (): number => court.now;
  let nonces = 0;
  let host: Host;
  let notices: Notices;
  const sit = (): void => {
    const panel = [...duties.keys()].map((juror) => ({ juror }) as CourtCase['rounds'][number]['panel'][number]);
    const round = { number: 3, state: 'running', panel } as unknown as CourtCase['rounds'][number];
    court.case = { ...court.case, rounds: [round] };
  };
  const open = async (senders = sendersAt(now)): Promise<void> => {
    const onError = (cause: unknown): void => void errors.push(cause);
    host = await createHost({ databaseUrl: database.databaseUrl, node: 'notices', onError });
    registerNotices(host);
    host.register(registryGame);
    host.register(accountGame);
    notices = createNotices({
      host,
      handlers: () => ({
        case: async ({ params }) =>
          params.marketId === CASE.caseId
            ? ok(court.case)
            : refuse({ code: 'court.case-unknown', message: 'No such case.', next: 'Look elsewhere.' }),
        juror: async ({ params: { address } }) =>
          ok({
            address,
            stakeMicroUsd: '0',
            lockedMicroUsd: '0',
            since: null,
            person: null,
            duties: duties.get(address) ?? [],
          }),
      }),
      openCases: () => [CASE.caseId],
      targets: fileTargets(folder),
      senders,
      standings: createStandings({ host, persons: null, secret: SECRET, now }),
      ...(places !== undefined && { places }),
      secret: SECRET,
      pageOrigin: () => PAGE,
      environment: 'development',
      now,
      onError,
    });
    await notices.start(3_600);
  };
  const close = async (): Promise<void> => {
    notices.stop();
    await host.close();
  };
  await open();
  return {
    court,
    seat: (account, todo, from, until) => {
      const duty = { caseId: CASE.caseId, plainWords: CASE.plainWords, round: 3, todo, from, until };
      duties.set(account, [{ ...duty, feeMicroUsd: '1', lockMicroUsd: '1' }]);
      sit();
    },
    unseat: (account) => {
      duties.delete(account);
      sit();
    },
    host: () => host,
    notices: () => notices,
    errors,
    folder,
    restart: async (senders) => {
      await close();
      await open(senders);
    },
    common: (account) => {
      nonces += 1;
      const nonce = nonces.toString(16).padStart(32, '0');
      return { account, chainId: 1, operator: account, nonce, expiresAt: court.now + 60 };
    },
    end: async () => {
      await close();
      await database.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
