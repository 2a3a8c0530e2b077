/**
 * `hosting`: what site jurors and players say of names on shared hosting, where anybody publishes: names of ordinary
 * software projects (the packages of our own lock file) put under five hosts, beside listed scams under the same hosts.
 * The names are made-up addresses of real projects: nobody labels honest sites there, which is why jurors keep silent.
 * Scams (first listed after the models
 * were trained) need `../shared/data`; without it their figures are n/a.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { siteModels } from '../packages/analysts/src/jurors/site-jurors.ts';
import { hostParts, type NameAnalyst, purePlayers, siteJurors, voteOf } from '../packages/analysts/src/pure.ts';
import { DEFAULT_RULE } from '../packages/intent/src/reading.ts';
import type { Figure } from './figure.ts';
import { CLAIMED_PERCENT, decided, figure } from './jurors/panel.ts';
import { loadSites } from './sites/data.ts';

const HOSTS = ['github.io', 'vercel.app', 'netlify.app', 'pages.dev', 'web.app'] as const;
const PERCENT = 100;
const SEATS = DEFAULT_RULE.kind === 'panel' ? DEFAULT_RULE.seats : 1;

const projectNames = (): string[] => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, unknown>>;
  };
  const names = Object.keys(lock.packages).flatMap(
    (path) => /node_modules\/(?:@[^/]+\/)?([^/@]+)$/.exec(path)?.[1] ?? [],
  );
  return [...new Set(names.map((name) => name.toLowerCase().replace(/[^a-z0-9-]/g, '-')))];
};

/** What a market's panel, the first of these jurors, condemns. */
const condemnedPercent = (jurors: readonly NameAnalyst[], hosts: readonly string[]): number => {
  const condemn = (host: string): boolean =>
    decided(jurors.slice(0, SEATS).map((juror) => voteOf(juror.readSync({ kind: 'site', host })))) === 'scam';
  return (PERCENT * hosts.filter(condemn).length) / hosts.length;
};

/** One host: what the jurors condemn, beside what their models alone would. */
const hostFigures = (host: string, names: readonly string[], scams: readonly string[] | null): Figure[] => {
  const honest = names.map((name) => `${name}.${host}`);
  const listed = scams?.filter((scam) => hostParts(scam).suffix === host) ?? null;
  const models = condemnedPercent(siteModels, honest);
  const alone = `the models alone ${models.toFixed(1)} %`;
  const now = condemnedPercent(siteJurors, honest);
  const first = figure(`${host}: ordinary names condemned by the panel`, now, '%', {
    goal: '<= 1 %',
    holds: now <= 1,
    peer: `${alone}; ${honest.length} names`,
  });
  if (listed === null || listed.length === 0)
    return [first, figure(`${host}: models alone, right when they condemn`, null, '%')];
  const caught = condemnedPercent(siteModels, listed);
  const right = (PERCENT * caught) / Math.max(caught + models, Number.EPSILON);
  return [
    first,
    figure(`${host}: models alone, right when they condemn`, right, '%', {
      peer: `a vote claims > ${CLAIMED_PERCENT} %; condemned ${caught.toFixed(1)} % of ${listed.length} listed scams; prior of one half`,
    }),
  ];
};

const COIN_PPM = 500_000;

/** What a player believes of ordinary names there; it sets the price, which is all that such a question gets. */
const playerFigures = (names: readonly string[]): Figure[] => {
  const hosts = HOSTS.flatMap((host) => names.map((name) => `${name}.${host}`));
  return purePlayers
    .filter((player) => player.reads.includes('site'))
    .map((player) => {
      const beliefs = hosts.map((host) => player.readSync({ kind: 'site', host }).probabilityPpm ?? COIN_PPM);
      const mean = beliefs.reduce((sum, ppm) => sum + ppm, 0) / beliefs.length / 1e4;
      return figure(`player ${player.id}: mean belief that an ordinary name is a scam`, mean, '%');
    });
};

export const run = async (): Promise<Figure[]> => {
  const names = projectNames();
  const data = loadSites();
  const scams = data && [...data.wealthScams, ...data.testScams];
  if (scams === null) process.stderr.write('hosting: ../shared/data is absent: no listed scams to measure on.\n');
  return [...HOSTS.flatMap((host) => hostFigures(host, names, scams)), ...playerFigures(names)];
};
