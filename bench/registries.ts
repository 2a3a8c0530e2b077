/**
 * `registries`: how many labelled sites published lists of genuine sites name: whether jurors could clear honest sites by them, as
 * token lists do tokens. By registered domain, without shared hosting, on hosts that trained nothing, and the brands of the
 * players' own table. Needs `../shared/data`, and in the directory that `REGISTRIES` names the packages that
 * `docs/decisions/jurors.md` lists; else every figure is n/a.
 */
import { BRANDS, hostParts } from '../packages/analysts/src/pure.ts';
import type { Figure } from './figure.ts';
import { figure } from './jurors/panel.ts';
import { type Registry, registries } from './registries/lists.ts';
import { loadSites } from './sites/data.ts';

type Domains = ReadonlySet<string>;

/** Registered domains of which somebody chose the name, and that are nobody's hosting. */
const domainsOf = (hosts: readonly string[]): Domains =>
  new Set(
    hosts
      .map(hostParts)
      .filter(({ label, sharedHosting }) => label !== '' && !sharedHosting)
      .map(({ registrable }) => registrable),
  );

const common = (a: Domains, b: Domains): number => [...a].filter((domain) => b.has(domain)).length;

const percent = (count: number, of: Domains): number => (100 * count) / of.size;

type Asked = { readonly honest: Domains; readonly scams: Domains; readonly brands: Domains };

const ofList = ({ name, about, hosts }: Registry, { honest, scams, brands }: Asked): Figure => {
  const listed = domainsOf(hosts);
  return figure(`${name}: labelled honest sites listed`, percent(common(honest, listed), honest), '%', {
    peer: `${listed.size} domains; ${common(scams, listed)} of ${scams.size} scams, ${common(brands, listed)} of ${brands.size} of brands; ${about}`,
  });
};

/** What so many lists at once name, of those that no player was trained on: what a quorum of such jurors could clear. */
const ofSeveral = (lists: readonly Domains[], least: number, { honest, scams, brands }: Asked): Figure => {
  const named = (domain: string): boolean => lists.filter((list) => list.has(domain)).length >= least;
  const count = (domains: Domains): number => [...domains].filter(named).length;
  return figure(
    `${least} or more lists without the players': labelled honest sites`,
    percent(count(honest), honest),
    '%',
    {
      peer: `${count(scams)} of ${scams.size} scams, ${count(brands)} of ${brands.size} of brands`,
    },
  );
};

export const run = async (): Promise<readonly Figure[]> => {
  const data = loadSites();
  const directory = process.env.REGISTRIES ?? '';
  if (data === null || directory === '') {
    process.stderr.write(
      'registries: ../shared/data is absent, or REGISTRIES names no directory: nothing to measure.\n',
    );
    return [1, 2, 3].map((least) => figure(`${least} or more lists: labelled honest sites`, null, '%'));
  }
  const asked: Asked = {
    honest: domainsOf(data.testLegitimate),
    scams: domainsOf(data.testScams),
    brands: domainsOf(BRANDS.flatMap((brand) => brand.domains)),
  };
  const lists = registries(directory);
  const own = lists.filter(({ players }) => !players).map(({ hosts }) => domainsOf(hosts));
  return [
    figure('labelled honest domains', asked.honest.size, ''),
    ...lists.map((list) => ofList(list, asked)),
    ...[1, 2, 3].map((least) => ofSeveral(own, least, asked)),
  ];
};
