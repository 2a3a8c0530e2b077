/** The brand table as data, and the question "is this one of the brand's own domains?". */

import { type HostParts, hostParts } from '../host.ts';
import { CRYPTO_BRANDS } from './crypto-brands.ts';
import { skeleton } from './skeleton.ts';
import { WEB_BRANDS } from './web-brands.ts';

export type Brand = {
  /** The name as people write it, lower case: `metamask`. */
  readonly name: string;
  /** Domains it publishes from; anything below them counts as its own. */
  readonly domains: readonly string[];
  readonly field: 'crypto' | 'web';
  /** Strings by which an imitation names it, skeletonised: the name and its domains' longer labels. */
  readonly marks: readonly Mark[];
};

export type Mark = {
  readonly text: string;
  readonly skeleton: string;
  /** An everyday word (`core`, `flow`): finding it inside a longer word says nothing. */
  readonly common: boolean;
};

/** Names that are also ordinary words of the field or of English. */
const COMMON_WORDS = new Set(
  `abstract across aster aurora axiom backpack badger balancer base beefy bitcoin blast blockchain blur bridge chase
  circle compound convex core cosmos curve delegate doodles drift dune elrond enjin enso eos euler exodus flare flow
  fluid foundation frax fuel gains gala gate gemini genesis grass helium hop hourglass humanity immutable jumper jupiter
  katana layer3 ledger lens lighter linea lisk manifold mantle maple matcha maverick meme memecoin meta midnight mina
  mirror mode moonshot movement near nexus notcoin oasis ocean odos olympus omni optimism orbiter orca orderly otherside
  particle perpetual phantom plasma plume portal puffer pyth radiant radix rainbow raydium redstone render request
  reservoir revoke ribbon ronin safe sandbox scroll sei sky snapshot socket sonic sorare spark squid stacks stargate
  steam stellar stripe succinct sui sushi swell symbiosis synapse taiko tally tensor terra tether tezos treasure tron
  ultra umbra unichain venus vertex virtuals visa wise world wormhole zoom zora apple amazon target flashbots movementlabs
  solana ethereum polygon pepe bonk crypto ripple stellar dash near arb ether coin token wallet swap story storyprotocol
  google dogecoin litecoin cardano avalanche chain.link foundation render ups fidelity discover genesis ultra terra`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const MIN_MARK_CHARACTERS = 3;
/** Shorter labels of genuine domains (`chain.link`, `token.im`) are everyday words. */
const MIN_DOMAIN_MARK_CHARACTERS = 7;

const toMark = (text: string): Mark => ({
  text,
  skeleton: skeleton(text),
  common: COMMON_WORDS.has(text) || text.length < 5,
});

const parseTable = (table: string, field: Brand['field']): Brand[] =>
  table
    .split('\n')
    .filter((line) => line.includes(': '))
    .map((line) => {
      const [name = '', rest = ''] = line.split(': ');
      const domains = rest.trim().split(' ');
      const texts = new Set([name.replace(/\..*$/, '').replaceAll('-', '')]);
      for (const domain of domains) {
        const { label } = hostParts(domain);
        if (label.length >= MIN_DOMAIN_MARK_CHARACTERS) texts.add(label);
      }
      const marks = [...texts].filter((text) => text.length >= MIN_MARK_CHARACTERS).map(toMark);
      return { name, domains, field, marks };
    });

/** Every brand of the table. */
export const BRANDS: readonly Brand[] = [...parseTable(CRYPTO_BRANDS, 'crypto'), ...parseTable(WEB_BRANDS, 'web')];

const owners = new Map<string, Brand>();
for (const brand of BRANDS) for (const domain of brand.domains) owners.set(domain, brand);

/** The brand whose own site this is (the domain or anything below it), or `null`. */
export const ownerOf = (parts: HostParts): Brand | null => {
  const labels = parts.host.split('.');
  for (let i = 0; i < labels.length - 1 && i < 12; i++) {
    const brand = owners.get(labels.slice(i).join('.'));
    if (brand !== undefined) return brand;
  }
  return null;
};
