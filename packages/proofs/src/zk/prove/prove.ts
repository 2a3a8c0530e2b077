/** The prover: all steps of a proof, in the order of spec 18. */
import type { Tensor } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import { OpenProver } from '../channel/open.ts';
import { Transcript } from '../channel/transcript.ts';
import { type Committed, commitMatrix } from '../commit/commit.ts';
import { open } from '../commit/prove.ts';
import { proveLookups } from '../lookup/prove.ts';
import type { ProofMemory } from '../memory.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { lookupTables } from '../plan/tables.ts';
import { evaluateTensor } from '../relations/fold.ts';
import { Router } from '../route/route.ts';
import { type Statement, statementBytes } from '../statement/statement.ts';
import type { Run } from '../witness/run.ts';
import { makeWitness } from '../witness/witness.ts';
import { proverContext } from './context.ts';
import { proverSide } from './side.ts';
