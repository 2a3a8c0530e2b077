/** What two threads take, beside one. */
import type { Figure } from '../figure.ts';
import { busiest, type Pair } from './on-threads.ts';

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(3)} s`;
const times = (a: number, b: number): string => `${(a / b).toFixed(2)} times`;

export const pairFigure = (name: string, [alone, together]: Pair): Figure => {
  const passed = `one thread, in turn with it: ${seconds(alone.passed)}, ${times(alone.passed, together.passed)}`;
  const worked = `${seconds(busiest(alone))}, and ${seconds(together.leading)} beside ${seconds(together.others)}`;
  return {
    name: `${name}, 2 threads`,
    value: together.passed / 1000,
    unit: 's',
    goal: '',
    holds: null,
    peer: `${passed}; processor time ${worked}: ${times(busiest(alone), busiest(together))}`,
  };
};
