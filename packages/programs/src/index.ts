/**
 * Models as exact programs over small integers (spec 12). Pure.
 *
 * The main path: a {@link Program} (program.ts) becomes a {@link CheckedProgram} (check.ts) once nothing in it can
 * overflow; `runReference` (reference.ts) says what it computes.
 */
export * from './admit.ts';
export * from './check.ts';
export type { ExternalReader } from './onnx/decode/external.ts';
export { type ByteSource, bytesSource } from './onnx/decode/source.ts';
export { decodeTensor, type OnnxTensor } from './onnx/decode/tensor.ts';
export * from './onnx/import.ts';
export * from './program.ts';
export * from './real/evaluate.ts';
export * from './real/graph.ts';
export * from './reference.ts';
export * from './tensor.ts';
