/**
 * Proofs that a program was run as agreed: what each route shows, assumes and leaves open. Pure.
 *
 * Every route speaks of the same {@link Run} (run.ts): program, input, output and trace by their commitments (spec 12.7).
 *
 * Which route to ask for is said by `plan` of `@surety/proofs/planner` (spec 17). Enclaves are `@surety/proofs/enclave` (spec 16),
 * apart because it needs Node.
 */

export * from './optimistic/index.ts';
export * from './run.ts';
