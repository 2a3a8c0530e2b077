import { Machine } from '@surety/programs';
import { anyInput } from '../../packages/programs/test/networks.ts';
import { pairOf, seedOf } from '../../packages/proofs/test/statistical.ts';
import { convolutions } from './cost.ts';

const program = convolutions();
const pair = await pairOf(program, await Machine.create());
const x = anyInput(program, 1);
const { bytes } = await pair.prove(x);
const key = await pair.checker.key(seedOf(1), 2);
for (let i = 0; i < 2000; i++) await pair.checker.check(bytes, x, key, { trace: false });
