/** Processor time of a process and all its descendants, from `/proc`; `null` where there is none (not Linux). */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

type Stat = { readonly pid: number; readonly parent: number; readonly ticks: number };

const statOf = (pid: string): Stat | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; fields are counted behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
};

/** Seconds of processor time used so far by `pid` and everything it started that still runs. */
export const treeSeconds = (pid: number): number | null => {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return null;
  }
  const stats = names.map(statOf).filter((stat) => stat !== undefined);
  const tree = new Set([pid]);
  for (let grown = true; grown; ) {
    const more = stats.filter(({ pid: each, parent }) => tree.has(parent) && !tree.has(each));
    for (const { pid: each } of more) tree.add(each);
    grown = more.length > 0;
  }
  return stats.reduce((sum, stat) => (tree.has(stat.pid) ? sum + stat.ticks : sum), 0) / TICKS_PER_SECOND;
};
