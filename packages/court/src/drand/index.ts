/** Rounds of drand as beacons. A subpath of its own: nothing else of the court needs pairings. */
export * from './contract-proof.ts';
export * from './networks.ts';
export * from './verify.ts';
