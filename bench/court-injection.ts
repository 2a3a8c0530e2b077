/**
 * `court-injection`: what attacks on the court's AI jurors get through. Evidence that commands or bribes, against the
 * built-in jurors and against the separation that a language model is asked through (stand-ins, no model); names picked as
 * the best of N against all jurors; names picked by a substitute that was trained on a panel's revealed votes, tried on that
 * panel, on fresh ones and on seven voices. Names are made up, so no data is needed.
 */

import { evidenceFigures } from './court-injection/evidence.ts';
import { substituteOf } from './court-injection/substitute.ts';
import { drawn, keepLowest, lowest, shareRuled, type Target, targetsOf, voices } from './court-injection/targets.ts';
import type { Figure } from './figure.ts';
import { figure } from './jurors/panel.ts';
import type { Panel } from './selective/panels.ts';

const NAMES = 300;
const ASKED = 100;
const POOL = 100;
const KEPT = 5;
const LIMITS = [50, 500, 2_000] as const;
const QUERIED_PANELS = 6;
const RATIOS = [9, 4] as const;

const say = (what: string): void => void process.stderr.write(`court-injection: ${what}\n`);
const percent = (share: number): number => 100 * share;
const shown = (share: number): string => `${percent(share).toFixed(1)} %`;

/** How many seats of a panel evidence would have to win over, the others being built-in voices. */
const obedientFigures = (targets: readonly Target[]): Figure[] =>
  [3, 7].flatMap((seats) =>
    Array.from({ length: Math.floor(seats / 2) + 1 }, (_, i) => {
      const won = i + 1;
      const [nine, four] = RATIOS.map((ratio) =>
        shareRuled(targets, drawn(seats - won), ratio, (ruled) => ruled < 0, won),
      );
      return figure(`${won} of ${seats} seats obey evidence: brand names cleared, L/G 9`, percent(nine ?? 0), '%', {
        peer: `L/G 4: ${shown(four ?? 0)}`,
      });
    }),
  );

const rates = (targets: readonly Target[], panels: readonly Panel[], ratio: number) => ({
  passes: shareRuled(targets, panels, ratio, (ruled) => ruled <= 0),
  cleared: shareRuled(targets, panels, ratio, (ruled) => ruled < 0),
});

const bestOfFigures = (brands: readonly (readonly Target[])[]): Figure[] =>
  RATIOS.flatMap((ratio) =>
    [3, 7].flatMap((seats) =>
      [3, 10, NAMES].map((n) => {
        const first = brands.map((targets) => targets.slice(0, n));
        const { passes, cleared } = rates(lowest(first, voices().flat(), 1), drawn(seats), ratio);
        return figure(`the best of ${n} names, ${seats} seats, L/G ${ratio}: not condemned`, percent(passes), '%', {
          peer: `cleared ${shown(cleared)}; any name not condemned ${shown(rates(brands.flat(), drawn(seats), ratio).passes)}`,
        });
      }),
    ),
  );

const evenly = <T>(items: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);

/** Panels that share no voice with this one. */
const fresh = (panels: readonly Panel[], { members }: Panel): Panel[] => {
  const used = voices().filter((voice) => voice.some((member) => members.includes(member)));
  return panels.filter((panel) => !used.flat().some((member) => panel.members.includes(member)));
};

const transferFigures = (asked: readonly Target[], pool: readonly (readonly Target[])[]): Figure[] => {
  const panels = drawn(3);
  const seven = drawn(7);
  const queried = evenly(panels, QUERIED_PANELS);
  return RATIOS.flatMap((ratio) => {
    const before = rates(pool.flat(), panels, ratio);
    return LIMITS.map((limit) => {
      say(`substitutes after ${limit} questions, L/G ${ratio}`);
      const runs = queried.map((panel) => {
        const substitute = substituteOf(asked.slice(0, limit), panel, ratio);
        const chosen = substitute === null ? pool.flat() : keepLowest(pool, ({ host }) => substitute(host), KEPT);
        const inside = lowest(pool, panel.members, KEPT);
        return {
          same: rates(chosen, [panel], ratio),
          fresh: rates(chosen, fresh(panels, panel), ratio),
          seven: rates(chosen, seven, ratio),
          inside: rates(inside, [panel], ratio),
        };
      });
      const mean = (of: (run: (typeof runs)[number]) => number): number =>
        runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
      const cleared = mean((run) => Math.max(run.same.cleared, run.fresh.cleared, run.seven.cleared));
      return figure(
        `substitute after ${limit} questions, L/G ${ratio}: not condemned by a fresh panel of 3`,
        percent(mean((run) => run.fresh.passes)),
        '%',
        {
          peer: `the panel asked ${shown(mean((run) => run.same.passes))}, 7 voices ${shown(mean((run) => run.seven.passes))}; looking inside ${shown(mean((run) => run.inside.passes))}; unpicked ${shown(before.passes)}; cleared ${shown(cleared)}`,
        },
      );
    });
  });
};

export const run = async (): Promise<readonly Figure[]> => {
  say('hostile evidence');
  const evidence = await evidenceFigures();
  say(`${NAMES} names of each brand`);
  const brands = targetsOf(NAMES, 21_000);
  const asked = targetsOf(ASKED, 31_000);
  const pool = targetsOf(POOL, 41_000);
  // Asked brand by brand in turn, so that a small limit sees all of them.
  const turns = Array.from({ length: ASKED }, (_, i) => asked.flatMap((targets) => targets[i] ?? [])).flat();
  return [...evidence, ...obedientFigures(brands.flat()), ...bestOfFigures(brands), ...transferFigures(turns, pool)];
};
