/** Which operators there are. */
import { ATTENTION } from './attention.ts';
import type { Lowering } from './call.ts';
import { CAST } from './cast.ts';
import { CONV } from './conv.ts';
import { CONV_TRANSPOSE } from './conv-transpose.ts';
import { EINSUM } from './einsum.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { FUNCTIONS } from './functions.ts';
import { GATHER } from './gather.ts';
import { GENERATE } from './generate.ts';
import { LOGIC } from './logic.ts';
import { MATMUL } from './matmul.ts';
import { NORM } from './norm.ts';
import { PARTS } from './parts.ts';
import { POOL } from './pool.ts';
import { QUANTIZE } from './quantize.ts';
import { REDUCE } from './reduce.ts';
import { RESIZE } from './resize.ts';
import { SHAPE } from './shape.ts';
import { SOFTMAX } from './softmax.ts';

/** Operators whose operands ONNX wants to be of one type. */
export const UNIFORM: ReadonlySet<string> = new Set([
  ...[
    'Add',
    'Sub',
    'Mul',
    'Div',
    'Mod',
    'Sum',
    'Mean',
    'Max',
    'Min',
    'PRelu',
    'Equal',
    'BitwiseAnd',
    'BitwiseOr',
    'Concat',
  ],
  ...[
    'BitwiseXor',
    'Less',
    'LessOrEqual',
    'Greater',
    'GreaterOrEqual',
    'MatMul',
    'Gemm',
    'Conv',
    'ConvTranspose',
    'Einsum',
  ],
]);

/** All operators that can be lowered, by name. */
export const OPERATORS: ReadonlyMap<string, Lowering> = new Map(
  [
    ATTENTION,
    CAST,
    CONV,
    CONV_TRANSPOSE,
    EINSUM,
    ELEMENTWISE,
    FUNCTIONS,
    GATHER,
    GENERATE,
    LOGIC,
    MATMUL,
    NORM,
    PARTS,
    POOL,
    QUANTIZE,
    REDUCE,
    RESIZE,
    SHAPE,
    SOFTMAX,
  ].flatMap((family) => Object.entries(family)),
);
