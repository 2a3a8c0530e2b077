/** `surety watch`: re-runs claims whose program is held here, disputes wrong ones, and defends the own ones. */
import { watch } from '../local/watching.ts';
import type { Run } from '../table.ts';

export const run: Run = ({ values, context }) => watch(values, context, []);
