/** A plan as text for a terminal or a log: one line for each route, then the reasons. */
import { type Plan, type RouteOption, totalMicroUsd } from './option.ts';
import { TITLES } from './reasons.ts';
import { dollars, duration } from './words.ts';

const HEADER = ['', 'route', 'cost', 'wait', 'bond', 'window', 'expected loss'];

const row = (option: RouteOption, chosen: boolean): string[] => {
  const mark = chosen ? '*' : option.admissible ? '+' : '-';
  const { terms } = option;
  if (terms === null) return [mark, TITLES[option.route], 'not to be had', '', '', '', ''];
  const none = (value: bigint, text: (value: bigint) => string): string => (value === 0n ? 'none' : text(value));
  return [
    mark,
    TITLES[option.route],
    dollars(totalMicroUsd(terms)),
    duration(terms.latencyMilliseconds),
    none(terms.bondMicroUsd, dollars),
    none(terms.windowSeconds * 1_000n, duration),
    none(terms.expectedLossMicroUsd, dollars),
  ];
};

/** `*` marks the choice, `+` what would also do, `-` what would not. */
export const describePlan = (plan: Plan): string => {
  const rows = [HEADER, ...plan.options.map((option) => row(option, option.route === plan.chosen))];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const table = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  return [...table, '', ...plan.reasons].join('\n');
};
