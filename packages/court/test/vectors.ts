/** What `vectors/court.json` holds: hashes, trees, draws, rounds of drand, and scenarios step by step (spec 21). */
import { toHex } from '@surety/core';
import { DEFAULT, QUICKNET } from '../src/drand/index.ts';
import { drawSeats } from '../src/draw.ts';
import { ticketOf } from '../src/hashes.ts';
import { clustersOf, commitmentOf, exclusionProof, exclusionRoot, seedOf } from '../src/index.ts';
import { PUBLISHED } from './drand-rounds.ts';
import { plain } from './record.ts';
import { POOLS, scenarios } from './scenarios.ts';
import { account, hashOf, PROPOSAL, USD } from './support.ts';

const commitments = (): readonly unknown[] =>
  [0, 1, 15, 252, 253, 254, 255].map((outcome, i) => {
    const where = { chainId: 31_337n + BigInt(i), court: account('court'), caseId: hashOf(`case ${i}`) };
    const opening = { outcome, reading: hashOf(`reading ${i}`), salt: hashOf(`salt ${i}`) };
    const [round, juror] = [1 + (i % 4), account(`juror ${i}`)];
    return plain({ ...where, round, juror, ...opening, commitment: commitmentOf(where, round, juror, opening) });
  });

const draws = (): readonly unknown[] =>
  (['ai', 'people'] as const).flatMap((jurors) =>
    [1, 2, 3].map((n) => {
      const candidates = POOLS[jurors]!;
      const rules = {
        jurors,
        seats: jurors === 'ai' ? 2 * n + 1 : 15 * n - 14,
        lockMicroUsd: 10n * USD,
        operators: n === 3 ? 'one' : 'distinct',
      } as const;
      const randomness = hashOf(`randomness ${n}`);
      const barred = candidates.slice(0, n).map(({ juror }) => juror);
      const staleClusters = jurors === 'ai' ? [4, 5, 6].slice(0, n) : [];
      const seed = seedOf(randomness, PROPOSAL.caseId, n);
      const draw = { ...rules, seed, candidates, barred: new Set(barred), staleClusters: new Set(staleClusters) };
      const { drawn, nextTicket } = drawSeats(draw, [], rules.seats, 0);
      return plain({
        candidates: jurors,
        ...rules,
        randomness,
        caseId: PROPOSAL.caseId,
        round: n,
        seed: `0x${toHex(seed)}`,
        tickets: [0, 1, 2].map((i) => ticketOf(seed, i)),
        barred,
        staleClusters,
        drawn: drawn.map(({ juror }) => juror),
        nextTicket,
      });
    }),
  );

const exclusions = (): readonly unknown[] =>
  [1, 2, 5, 8].map((count) => {
    const accounts = Array.from({ length: count }, (_, i) => account(`holder ${i}`));
    return {
      accounts,
      root: exclusionRoot(accounts),
      proofs: accounts.map((one) => exclusionProof(accounts, one)),
    };
  });

const clusters = (): unknown => {
  const correlationsPpm = [
    [1_000_000, 400_000, 0, 0],
    [400_000, 1_000_000, 0, 350_000],
    [0, 0, 1_000_000, 300_000],
    [0, 350_000, 300_000, 1_000_000],
  ];
  const found = clustersOf(correlationsPpm, 300_000);
  return { correlationsPpm, thresholdPpm: 300_000, clusters: found.ok ? found.value : [] };
};

/** The whole file. */
export const courtVectors = () => ({
  description:
    'The court of spec/21-court.md. Steps are at `after` seconds since the proposal; `state` is what can be seen after each, with what it changed of credits and of the last round; accounts stand for nobody. Dust of a rung may be burnt when its last contributor is paid.',
  networks: { quicknet: QUICKNET, default: DEFAULT },
  drand: PUBLISHED.map(({ network, ...round }) => ({ network: network.name, ...round })),
  pools: plain(POOLS),
  commitments: commitments(),
  exclusions: exclusions(),
  clusters: clusters(),
  draws: draws(),
  scenarios: scenarios(),
});
