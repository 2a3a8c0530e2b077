/**
 * Models as exact programs over small integers (spec 12). Pure.
 *
 * The main path: a {@link Program} (program.ts) becomes a {@link CheckedProgram} (check.ts) once nothing in it can
 * overflow; `runReference` (reference.ts) says what it computes.
 */
export * from './admit.ts';
export { ProgramBuilder } from './build.ts';
export * from './check.ts';
export * from './commit/hasher.ts';
export * from './commit/program.ts';
export * from './commit/tensor.ts';
export * from './cost.ts';
export * from './encoding.ts';
export * from './engine/engine.ts';
export * from './engine/machine.ts';
export type { StartThread, StopThread, ThreadData } from './engine/threads.ts';
export { type ByteSource, bytesSource, readProgram, valueBytes, writeProgram } from './file/file.ts';
export * from './program.ts';
export * from './quantise/convert.ts';
export { INT8, INT16, type Policy } from './quantise/policy.ts';
export * from './reference.ts';
export * from './samples/npz.ts';
export * from './tensor.ts';
