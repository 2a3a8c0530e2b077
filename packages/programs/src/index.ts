/**
 * Models as exact programs over small integers (spec 12). Pure.
 *
 * The main path: `importOnnx` (onnx/import.ts) reads a model as a graph over real numbers; `convert` (quantise/convert.ts)
 * makes it a {@link Program} (program.ts) whose every sum is proved to stay in range (check.ts); `runReference`
 * (reference.ts) says what a program computes, and `createEngine` (engine/engine.ts) computes the same fast, once or step by
 * step (`runIterated`, iterated/run.ts). Programs have one file (file/file.ts) and one commitment (commit/program.ts).
 */
export * from './admit.ts';
export { exactBounds, Facts, halfOf, type Known } from './bounds.ts';
export { ProgramBuilder } from './build.ts';
export * from './check.ts';
export { createEntryHasher, type HashEntries } from './commit/entries.ts';
export * from './commit/hasher.ts';
export * from './commit/interface.ts';
export { createListHasher, createTreeHasher, type HashLists } from './commit/lists.ts';
export * from './commit/program.ts';
export * from './commit/tensor.ts';
export * from './cost.ts';
export * from './encoding.ts';
export * from './engine/engine.ts';
export * from './engine/machine.ts';
export type { StartThread, StopThread, ThreadData } from './engine/threads.ts';
export { readProgram, valueBytes, writeProgram } from './file/file.ts';
export { decodeHeader, encodeHeader } from './file/header.ts';
export { decodeNode, encodeNode } from './file/node.ts';
export { generationStep, type TokenStep } from './generation/generation.ts';
export { inlineProgram } from './inline.ts';
export * from './iterated/commit.ts';
export * from './iterated/iteration.ts';
export * from './iterated/run.ts';
export { drawStates } from './learning/draw-states.ts';
export type { TrainingShape } from './learning/formats.ts';
export { trainedModel, weightNames } from './learning/perceptron.ts';
export { type AuditShape, labelCounts, parityCounts } from './learning/statements.ts';
export { trainingStep } from './learning/training-step.ts';
export type { ExternalReader } from './onnx/decode/external.ts';
export { decodeTensor, type OnnxTensor } from './onnx/decode/tensor.ts';
export * from './onnx/import.ts';
export * from './probes/drift.ts';
export * from './probes/fit.ts';
export * from './probes/probes.ts';
export * from './program.ts';
export * from './quantise/convert.ts';
export { INT8, INT16, type Policy } from './quantise/policy.ts';
export * from './real/evaluate.ts';
export * from './real/graph.ts';
export { mapOperands, mapStage } from './real/operands.ts';
export * from './real/states.ts';
export * from './reference.ts';
export type { NumericArray } from './samples/npy.ts';
export * from './samples/npz.ts';
export * from './samples/samples.ts';
export { type ByteSource, bytesSource } from './source.ts';
export * from './tensor.ts';
export * from './tensor-file.ts';
export { release } from './transient.ts';
