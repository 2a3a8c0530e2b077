/** What the network analyst is given: how to resolve names, whom to ask, and what a test may allow. */

export type ResolvedAddress = { readonly address: string; readonly family: 4 | 6 };

export type NetworkContext = {
  /** All addresses of a name; an empty list where it has none. Rejects where the resolver failed. */
  readonly resolve: (host: string) => Promise<readonly ResolvedAddress[]>;
  /** RDAP service that the registrable domain is appended to, e.g. `https://rdap.org/domain/`; `null` for none. */
  readonly rdapUrl: string | null;
  /** Certificate search that the registrable domain is appended to (crt.sh's JSON form); `null` for none. */
  readonly ctUrl: string | null;
  /** Ports of the site; 443 and 80 unless a test says otherwise. */
  readonly ports?: { readonly https: number; readonly http: number };
  /** Certificate authorities besides the system's (PEM), for tests against a local server. */
  readonly ca?: string;
  /** Whether an address outside the public Internet may be reached all the same; absent means never. */
  readonly allowAddress?: (address: string) => boolean;
};
