/** What `vectors/proof-steps.json` holds: single instructions of the verifier in steps (spec 20.7), and what they give. */
import { concatBytes, toHex } from '@surety/core';
import { Random } from '../../programs/test/random.ts';
import { StepFailure } from '../src/zk/chain/steps/failure.ts';
import {
  encodeStep,
  type Instruction,
  integersOf,
  OPCODE,
  type Opcode,
  pair,
  type Step,
} from '../src/zk/chain/steps/machine.ts';
import { runStep } from '../src/zk/chain/steps/run.ts';
import { extBytes } from '../src/zk/channel/open.ts';
import { type Ext, P } from '../src/zk/field/ext.ts';

/** Ids of the run that all of these steps are about. */
export const STEP_RUN = { input: new Uint8Array(32).fill(7), output: new Uint8Array(32).fill(9) } as const;

/** One step, the words of the one record that it reads, the bytes it sees; its record, or null if it cannot be carried out. */
export type StepVector = {
  readonly op: Opcode;
  readonly step: string;
  readonly loaded: readonly string[];
  readonly stretch: string;
  readonly record: string | null;
};

const LOADED = 24;
const EDGES = [0, 1, 2, P - 1, P - 2, 2 ** 30, 2 ** 16 - 1];

const coordinate = (random: Random): number => (random.chance(30) ? random.pick(EDGES) : random.bits() % P);
const anyExt = (random: Random): Ext => [
  coordinate(random),
  coordinate(random),
  coordinate(random),
  coordinate(random),
];
const lanes = (value: Ext): Uint8Array => {
  const bytes = new Uint8Array(32);
  for (const [i, x] of value.entries()) new DataView(bytes.buffer).setUint32(8 * i + 4, x);
  return bytes;
};
const anyBytes = (random: Random, length: number): Uint8Array => Uint8Array.from({ length }, () => random.int(0, 255));

type Drawn = {
  readonly code: readonly Partial<Instruction>[];
  readonly writes: readonly number[];
  readonly constants?: Uint8Array;
  readonly stretch?: Uint8Array;
  readonly loaded?: ReadonlyMap<number, Uint8Array>;
};

const elements = (random: Random, count: number): Uint8Array => {
  const bytes = extBytes(Array.from({ length: count }, () => anyExt(random)));
  // Now and then one that is none: p itself.
  if (random.chance(15)) new DataView(bytes.buffer).setUint32(16 * random.int(0, count - 1), P, true);
  return bytes;
};

const words = (random: Random, count: number): Uint8Array => {
  const bytes = new Uint8Array(4 * count);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) view.setUint32(4 * i, random.chance(3) ? P : coordinate(random));
  return bytes;
};

/** Coordinates lie from register 2 on; what is computed goes to 100 and behind. */
const drawn = (random: Random, op: Opcode): Drawn => {
  const [a, to] = [2, 100];
  const one = (rest: Partial<Instruction>): Drawn => ({ code: [{ to, a, ...rest }], writes: [to] });
  const b = random.int(0, 5);
  switch (op) {
    case 'same': {
      const other = random.chance(50) ? a : 3;
      return { code: [{ a, b: other }], writes: [a] };
    }
    case 'invert':
      return { ...one({}), loaded: new Map(random.chance(25) ? [[a, new Uint8Array(32)]] : []) };
    case 'add':
    case 'sub':
    case 'mul':
      return one({ b: 3 });
    case 'scale':
    case 'number':
      return one({ immediate: coordinate(random) });
    case 'move':
      return one({});
    case 'word':
      return { ...one({ immediate: 3 }), constants: anyBytes(random, 40) };
    case 'run':
      return one({ immediate: random.int(0, 1) });
    case 'element':
      return { ...one({ immediate: 5 }), stretch: concatBytes(new Uint8Array(5), elements(random, 1)) };
    case 'bytes':
      return { ...one({ immediate: 4 }), stretch: anyBytes(random, 40) };
    case 'putRegister':
    case 'putConstant':
    case 'putData':
    case 'digest':
    case 'compress': {
      const constants = anyBytes(random, 43);
      const length = op === 'compress' ? 53 : random.int(1, 53);
      const put: Partial<Instruction>[] = [
        { op: 'putRegister', a: 3 },
        { op: 'putConstant', immediate: pair(0, 43) },
        { op: 'putData', immediate: pair(2, length) },
      ];
      // 32 + 43 + 53 bytes are two blocks.
      return {
        code: [...put, { op: op === 'compress' ? 'compress' : 'digest', to, a }],
        writes: [to],
        constants,
        stretch: anyBytes(random, 60),
      };
    }
    case 'challenge':
      return one({ immediate: random.int(1, 1_000) });
    case 'positions': {
      const bits = random.int(4, 12);
      const count = random.int(1, Math.min(2 ** bits, 60));
      const registers = Math.ceil(count / 8);
      return {
        code: [{ to, a, immediate: pair(count, bits) }],
        writes: Array.from({ length: registers }, (_, i) => to + i),
      };
    }
    case 'position':
      return one({ immediate: random.int(0, 40) });
    case 'factors': {
      const vars = random.int(4, 17);
      const position = lanes([0, 0, 0, random.bits() % 2 ** (vars + 2)]);
      const writes = Array.from({ length: vars }, (_, i) => to + i);
      return { code: [{ to, a, immediate: vars }], writes, loaded: new Map([[a, position]]) };
    }
    case 'equalIndex':
    case 'product':
      return one({ b, immediate: random.int(0, 2 ** b - 1) });
    case 'equalPoints':
      return one({ b, immediate: 10 });
    case 'below':
      return { code: [{ to, a, b, immediate: random.int(0, 2 ** b) }], writes: [to, to + 1] };
    case 'fold':
      return { ...one({ b, immediate: 1 }), stretch: concatBytes(Uint8Array.of(0), elements(random, 2 ** b)) };
    case 'foldPowers': {
      const factors = Array.from({ length: b }, (_, i) => [a + i, lanes([coordinate(random), 0, 0, 0])] as const);
      return { ...one({ b }), stretch: elements(random, 2 ** b), loaded: new Map(factors) };
    }
    case 'integers': {
      const dtype = random.int(1, 3);
      const count = random.int(1, 2 ** b);
      const stretch = anyBytes(random, 3 + count * 2 ** (dtype - 1));
      const most = 2 ** (8 * 2 ** (dtype - 1) - 1);
      // Some ranges leave values outside.
      const range = {
        low: Math.max(-most, -(2 ** 30)),
        high: Math.min(random.chance(30) ? most / 2 : most - 1, 2 ** 30),
      };
      return { ...one({ b }), constants: integersOf(dtype, range, count, 3), stretch };
    }
    case 'dot': {
      const count = random.int(1, 12);
      return { ...one({ b: count }), stretch: words(random, count) };
    }
    case 'equalTable': {
      const writes = Array.from({ length: 2 ** b }, (_, i) => to + i);
      return {
        code: [
          { op: 'move', to, a: 3 },
          { to, a, b, immediate: 4 },
        ],
        writes,
      };
    }
    case 'path': {
      const levels = random.int(0, 9);
      const position = lanes([0, 0, 0, random.bits() % 2 ** levels]);
      return {
        ...one({ b: 3, immediate: pair(levels, 2) }),
        stretch: anyBytes(random, 2 + 32 * levels),
        loaded: new Map([[3, position]]),
      };
    }
  }
};

const vectorOf = (random: Random, op: Opcode): StepVector => {
  const {
    code,
    writes,
    constants = new Uint8Array(),
    stretch = new Uint8Array(),
    loaded = new Map(),
  } = drawn(random, op);
  const words = Array.from({ length: LOADED }, (_, i) => loaded.get(i) ?? lanes(anyExt(random)));
  const step: Step = {
    reads: [{ record: 0, words: LOADED, to: 0 }],
    stretch: { offset: 0, length: stretch.length },
    writes,
    constants,
    code: code.map((instruction) => ({ op, to: 0, a: 0, b: 0, immediate: 0, ...instruction })),
  };
  let record: Uint8Array | null;
  try {
    record = runStep(step, STEP_RUN, stretch, () => concatBytes(...words));
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    record = null;
  }
  return {
    op,
    step: toHex(encodeStep(step)),
    loaded: words.map(toHex),
    stretch: toHex(stretch),
    record: record === null ? null : toHex(record),
  };
};

/** So many steps of each instruction. */
export const stepVectors = (each: number, seed: number): readonly StepVector[] => {
  const random = new Random(seed);
  return (Object.keys(OPCODE) as Opcode[]).flatMap((op) => Array.from({ length: each }, () => vectorOf(random, op)));
};
