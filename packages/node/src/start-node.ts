/**
 * Starts a node: database, chain, journal, contracts, engine, HTTP edge, page; and stops it again. Wiring only.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eligibleJurors, jurors, PROGRAMS, players } from '@surety/analysts';
import { clusterOf } from '@surety/analysts/court';
import { connect } from '@surety/chain';
import {
  addressOfSecretKey,
  ed25519PublicKey,
  type Network,
  type Problem,
  type Trust,
  unwrap,
  verifyReceipt,
} from '@surety/core';
import { plainWords } from '@surety/intent';
import { replayMarket } from '@surety/markets';
import { buildWeb, renderReceiptHtml } from '@surety/web';
import { groundsExtension } from './chain-court/grounds-extension.ts';
import { createGroundsStore } from './chain-court/grounds-store.ts';
import { openChainCourt } from './chain-court/open.ts';
import type { NodeConfig } from './config.ts';
import { drandFrom } from './drand.ts';
import { createKeeper, type Keeper } from './engine/chain-keeper.ts';
import type { Context, Seat } from './engine/context.ts';
import { openCases } from './engine/court/handlers.ts';
import { stakeOwn } from './engine/court/stake-own.ts';
import { liveMarkets } from './engine/feed.ts';
import { VERSION } from './engine/handlers.ts';
import { bondedModels, createEngine, openPositions, registerGames, stake } from './engine/index.ts';
import { marketStream } from './engine/ledger.ts';
import { createReceiptLog } from './engine/log.ts';
import type { QuestionState } from './engine/question.ts';
import { publicStreams } from './engine/streams.ts';
import { courtFeeds } from './http/court-feed.ts';
import { isLoopback } from './http/host-check.ts';
import { createAgent } from './http/mcp/agent.ts';
import { mcpExtension } from './http/mcp/extension.ts';
import type { McpOptions } from './http/mcp/options.ts';
import { createMcpServer } from './http/mcp/server.ts';
import type { WebFiles } from './http/options.ts';
import { requirePort, startHttp } from './http/start.ts';
import { createWebhooks, registerWebhooks } from './http/webhooks/webhooks.ts';
import { createHost, type Host } from './journal/host.ts';
import { derivedKey, operatorKeys, writePrivateFile } from './keys.ts';
import { createFileStore } from './models/files.ts';
import { namedFiles } from './models/named.ts';
import { storedHides } from './models/stored-hides.ts';
import { createTasks } from './models/task.ts';
import { fileExtensions } from './models/transfer.ts';
import { mailPages } from './notices/mail/pages.ts';
import { createMailSender } from './notices/mail/send.ts';
import { createNotices, registerNotices } from './notices/notices.ts';
import { sendPush } from './notices/push/send.ts';
import { contactOf, vapidKeyOf } from './notices/push/vapid.ts';
import { fileTargets } from './notices/targets.ts';
import { outside } from './outside.ts';
import { personsOf } from './persons/persons.ts';
import { createStandings } from './places/standing.ts';
import { startAnvil } from './processes/anvil.ts';
import { startPostgres } from './processes/postgres.ts';
import { createSupervisor } from './processes/supervisor.ts';
import { openPrograms } from './programs.ts';
import { followRuns } from './runs/feed.ts';
import { createOwnRuns } from './runs/own-run.ts';
import { runPrograms } from './runs/programs.ts';
import { createRuns } from './runs/runs.ts';
import { heldArchitectures } from './watch/proofs/held.ts';

export type RunningNode = {
  readonly url: string;
  readonly trust: Trust;
  /** The journal's host, for audits. */
  readonly host: Host;
  /** Finishes what is under way, stops every child process. Safe to call twice. */
  readonly stop: () => Promise<void>;
  /** Resolves when this process may no longer write because a newer one took over. */
  readonly fenced: Promise<Problem>;
};

export type StartOptions = {
  readonly config: NodeConfig;
  /** Told about each step of the start, for people. */
  readonly onStep?: (step: string) => void;
};

/** Seconds between saves of the local chain; what is older than twice that has been saved and counts as final. */
const SAVE_SECONDS = 2;
const PASS_SECONDS = 5;
/** Seconds between looks at the Arbiter's claims. */
const RUNS_SECONDS = 2;
/** Seconds between looks for what people are to be told. */
const NOTICE_SECONDS = 5;

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

const openLog = (home: string): ((cause: unknown) => void) => {
  const file = join(home, 'logs', 'node.log');
  mkdirSync(join(home, 'logs'), { recursive: true });
  return (cause) => {
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : JSON.stringify(cause);
    appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), detail })}\n`);
  };
};

const pageFiles = async (home: string): Promise<WebFiles> => {
  const files = await buildWeb({ cacheDir: join(home, 'cache') });
  return {
    get: async (path) => {
      const file = files.get(path) ?? (path === '/index.html' ? files.get('/') : undefined);
      return file && { body: file.body, contentType: file.type, immutable: file.cacheControl.includes('immutable') };
    },
  };
};

type Trusted = Pick<Context, 'network' | 'operator' | 'persons'> & { readonly keeper: Keeper };

const trustOf = ({ network, keeper, operator, persons }: Trusted, origin: string): Trust => ({
  type: 'surety/trust/v1',
  logs: [{ origin, publicKey: operator.logKey, witnesses: [], witnessQuorum: 0 }],
  issuers: [{ name: operator.name, dsseKey: operator.dsseKey, address: operator.address }],
  networks: [{ ...network, settlement: keeper.contracts.settlement, anchor: keeper.contracts.anchor }],
  allowDevelopment: network.environment === 'development',
  ...(persons !== null && {
    personIssuers: [{ name: persons.name, tokenKey: persons.tokenKey, environment: persons.environment }],
  }),
});

/**
 * Starts everything, or stops what had started and throws.
 * @throws {SuretyError} `process.*`, `journal.*`, `chain.*`, `config.*`: what failed and how to mend it
 */
export const startNode = async ({ config, onStep = () => undefined }: StartOptions): Promise<RunningNode> => {
  const undo: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step().catch(() => undefined);
  };
  try {
    return await startParts(config, onStep, undo, stopAll);
  } catch (cause) {
    await stopAll();
    throw cause;
  }
};

const startParts = async (
  config: NodeConfig,
  onStep: (step: string) => void,
  undo: (() => Promise<void>)[],
  stopAll: () => Promise<void>,
): Promise<RunningNode> => {
  const { home, environment } = config;
  const development = environment === 'development';
  // Whoever can reach a node beyond this machine gets neither its pocket money nor a way to call into it.
  const pageHost = config.pageOrigin === undefined ? 'localhost' : new URL(config.pageOrigin).hostname;
  const local = isLoopback(config.host) && isLoopback(pageHost);
  const onError = openLog(home);
  let url = '';
  /** Browsers make passkeys for names, and not for 127.0.0.1. Known once the node listens; nobody asks before. */
  const localPage = (): string => Object.assign(new URL(url), { hostname: 'localhost' }).origin;
  const now = (): number => Math.floor(Date.now() / 1_000);

  const models = config.llm === undefined ? {} : { llm: config.llm };
  const builtIn = players(models);
  const tensor = unwrap(await openPrograms(config, [...builtIn, ...jurors(models)]));
  for (const problem of tensor.problems) onError(problem);

  const supervisor = await createSupervisor({ dataDir: home, onEvent: onError });
  undo.push(() => supervisor.stop());
  await requirePort(config.port, config.host);
  const page = pageFiles(home);
  page.catch(() => undefined);
  const keys = operatorKeys(home);

  onStep('database and chain');
  const [database, chain] = await Promise.all([
    startPostgres(supervisor, { databaseUrl: config.databaseUrl }),
    startAnvil(supervisor, { rpcUrl: config.rpcUrl, saveSeconds: SAVE_SECONDS, onError }),
  ]);

  onStep('journal');
  const host = await createHost({ databaseUrl: database.databaseUrl, node: 'main', onError });
  undo.push(() => host.close());
  registerGames(host);
  registerWebhooks(host);
  registerNotices(host);

  const issuer = addressOfSecretKey(bytes(keys.issuer));
  const origin = `surety.local/${issuer.slice(2, 14).toLowerCase()}`;
  const log = createReceiptLog(host, origin, bytes(keys.log));
  const live = await liveMarkets(host);
  const cases = await openCases({ host });
  const bonded = await bondedModels(host);
  const run = createTasks();
  const files = await createFileStore({ folder: join(home, 'files'), run, now });

  onStep('contracts');
  const keeper = await createKeeper({
    rpcUrl: chain.rpcUrl,
    embedded: chain.embedded,
    key: keys.issuer,
    finality: chain.embedded
      ? { kind: 'age', seconds: 2 * SAVE_SECONDS + 1, nowSeconds: now }
      : { kind: 'tag', tag: 'finalized' },
    host,
    log,
    openPositions: () => openPositions(host, live, bonded, cases),
    now,
    onError,
    development,
  });
  undo.push(() => keeper.stop());

  const network: Network = {
    chainId: keeper.chainId,
    receiptVerifier: keeper.contracts.receiptVerifier,
    operator: issuer,
    environment,
  };
  const seat =
    (role: string) =>
    (analyst: Seat['analyst']): Seat => ({
      analyst,
      account: addressOfSecretKey(bytes(derivedKey(keys.players, `${role}/${analyst.id}`))),
    });
  const persons = personsOf(config);
  const networks = derivedKey(keys.players, 'networks');
  const context: Context = {
    config,
    host,
    log,
    network,
    operator: {
      address: issuer,
      issuerSecretKey: bytes(keys.issuer),
      dsseSecretKey: bytes(keys.dsse),
      dsseKey: ed25519PublicKey(bytes(keys.dsse)),
      logKey: ed25519PublicKey(bytes(keys.log)),
      name: development ? 'development operator' : issuer,
    },
    players: [...builtIn, ...tensor.players].map(seat('player')),
    jurors: jurors(models).map(seat('juror')),
    held: tensor.held,
    mayJudge: (juror, others) => eligibleJurors(others, [juror]).length === 1,
    voiceOf: ({ subject }, { id }) => clusterOf(subject.kind === 'token' ? 'tokens' : 'sites', id),
    reading: outside({ mode: config.network, rpcUrl: chain.rpcUrl, chainId: keeper.chainId, now }),
    beacon: keeper.beacon,
    persons: persons.issuer,
    standings: createStandings({ host, persons: persons.issuer, secret: networks, now }),
    drand: drandFrom({ mode: config.network, url: config.drandUrl, onError }),
    pageOrigin: () => config.pageOrigin ?? localPage(),
    now,
    onError,
  };

  if (development) {
    onStep('development treasury');
    await keeper.fundTreasury();
    await stake(context);
  }
  await stakeOwn(context);

  const streams = publicStreams(host);
  /** What may be called: a node that others reach calls nobody on this machine. */
  const calls = local ? environment : 'production';
  const webhooks = createWebhooks({ host, streams, onError, now, environment: calls });

  const vapid = vapidKeyOf(derivedKey(keys.players, 'web-push'));
  const pushes = config.network !== 'off';
  const secret = derivedKey(keys.players, 'notices');
  const mail = config.mail && createMailSender({ ...config.mail, secret, pageOrigin: context.pageOrigin });
  if (mail !== undefined) undo.push(async () => mail.close());
  const notices = createNotices({
    host,
    handlers: () => engine.handlers,
    openCases: () => cases,
    targets: fileTargets(join(home, 'notices')),
    standings: context.standings,
    senders: {
      ...(pushes && {
        push: (target, notice) =>
          sendPush(target, notice, { key: vapid, contact: contactOf(context.pageOrigin()), now, environment: calls }),
      }),
      ...(mail !== undefined && { mail }),
    },
    secret,
    pageOrigin: context.pageOrigin,
    environment: calls,
    now,
    onError,
  });

  const programFolders = config.programs === undefined ? [] : [config.programs];
  const architectures = heldArchitectures(home, programFolders);
  const runs = createRuns({
    chain: unwrap(await connect(chain.rpcUrl, { expectedChainId: keeper.chainId })),
    contracts: keeper.contracts,
    routes: keeper.contracts,
    environment,
    programs: runPrograms(
      host,
      tensor,
      async (id) => (await storedHides(files, id)) ?? (await architectures.hides(id)),
      now,
    ),
    own: createOwnRuns(),
    now,
  });
  await files.sweep(await namedFiles(host, runs.read));

  const grounds = createGroundsStore(join(home, 'court-grounds'));
  const chainCourt = openChainCourt({
    grounds,
    chain: unwrap(await connect(chain.rpcUrl, { expectedChainId: keeper.chainId })),
    court: config.court,
    coinUnits: config.coinMicroUsd,
    environment,
    believed: persons.issuer,
    held: async (id) => (await host.state<QuestionState>(marketStream(id)))?.claim,
    now,
  });

  const trust = trustOf({ network, keeper, operator: context.operator, persons: persons.issuer }, origin);
  const engine = createEngine({
    context,
    keeper,
    live,
    cases,
    trust: () => trust as never,
    receiptHtml: (receipt) => renderReceiptHtml(receipt, trust),
    webhooks,
    notices,
    noticesBy: { pushKey: pushes ? vapid.publicKey : null, mail: mail !== undefined },
    models: { files, run, rerun: createTasks(), bonded },
    runs,
    chainCourt,
  });
  await webhooks.start();
  undo.push(async () => webhooks.stop());
  await notices.start(NOTICE_SECONDS);
  undo.push(async () => notices.stop());

  const mcp: Omit<McpOptions, 'remote'> = {
    handlers: engine.handlers,
    streams,
    verify: async (receipt) => {
      const programs = (await tensor.held?.prepareReceipt(receipt, PROGRAMS)) ?? PROGRAMS;
      return verifyReceipt(receipt, { trust, now: now(), programs, replayMarket, plainWords });
    },
    ...(development &&
      local && {
        agent: createAgent({ handlers: engine.handlers, secretKey: derivedKey(keys.players, 'mcp'), now: Date.now }),
      }),
    version: VERSION,
  };

  onStep('service');
  const http = await startHttp({
    handlers: engine.handlers,
    streams,
    idempotency: host.idempotency,
    logFiles: engine.logFiles,
    web: await page,
    port: config.port,
    hostname: config.host,
    proxies: config.proxies,
    version: VERSION,
    environment,
    operatorToken: keys.people,
    ...(!local && { allowedHosts: [config.host, pageHost] }),
    log: ({ requestId, route, error }) =>
      onError({ requestId, route, detail: error instanceof Error ? error.stack : String(error) }),
    extensions: [
      ...fileExtensions(files, onError),
      groundsExtension({ store: grounds, court: chainCourt }),
      ...courtFeeds({ handlers: engine.handlers, now }),
      ...mailPages({ notices, secret }),
      ...persons.extensions,
      mcpExtension({ createServer: (remote) => createMcpServer({ ...mcp, remote }) }),
    ],
  });
  url = http.url;
  undo.push(() => http.close());
  keeper.start(PASS_SECONDS);
  undo.push(runs.close, followRuns({ host, read: runs.read, seconds: RUNS_SECONDS, onError }));

  await supervisor.announce(http.url);
  writePrivateFile(
    join(home, 'env.json'),
    `${JSON.stringify({ url: http.url, dataDir: home, pid: process.pid, chainId: keeper.chainId, rpcUrl: chain.rpcUrl, environment, startedAt: now() }, null, 2)}\n`,
  );
  writePrivateFile(join(home, 'trust.json'), `${JSON.stringify(trust, null, 2)}\n`);
  return { url: http.url, trust, host, stop: stopAll, fenced: host.fenced };
};
