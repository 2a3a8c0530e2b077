/** Which values everybody knows. */
import type { ValueId } from '@surety/programs';
import { isConstant, isInput } from '../graph/graph.ts';
import type { ProofPlan } from './plan.ts';

export const isOpen = ({ graph, hidesInput }: Pick<ProofPlan, 'graph' | 'hidesInput'>, id: ValueId): boolean =>
  isInput(graph, id) ? !hidesInput : isConstant(graph, id) && !graph.hidden.has(id);
