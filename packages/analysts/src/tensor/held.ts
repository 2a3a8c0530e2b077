/**
 * The programs that somebody holds: a verifier's folder, a node's, a player's own. Reports that name them are
 * run again through the adapters that they carry; what is not held stays "not held here".
 */
import {
  type Claim,
  type Evidence,
  idOf,
  type Json,
  ok,
  type ProgramRegistry,
  type ProgramRun,
  parseReceipt,
  parseStatement,
  type Receipt,
  type Result,
  refuse,
  toHex,
} from '@surety/core';
import { type ByteSource, commitProgram, createEngine, type Engine, Machine, readProgram } from '@surety/programs';
import { type Adapter, adapterIdOf, parseAdapter } from './adapter.ts';
import { type HeldProgram, TensorPlayer } from './tensor-player.ts';

const NAME = /^program:([0-9a-f]{64})$/;

/** Players that are remembered: anybody can bring another adapter for a program. */
const REMEMBERED_PLAYERS = 64;

/** Largest memory that the programs of one holder run in. */
const MAX_RUN_BYTES = 2 ** 31;

const keyOf = (program: string, adapter: Json): string => `${program} ${idOf(adapter)}`;

/** A program of a file, checked, under the id that its own bytes give. */
export const holdProgram = (source: ByteSource): Result<HeldProgram> => {
  const program = readProgram(source);
  return program.ok ? ok({ program: program.value, id: toHex(commitProgram(program.value).id) }) : program;
};

/** Programs that are held, each under the id that was recomputed from it. */
export class HeldPrograms {
  private readonly programs = new Map<string, HeldProgram>();
  private readonly engines = new Map<string, Promise<Result<Engine>>>();
  private readonly players = new Map<string, Promise<Result<TensorPlayer>>>();
  private machine: Promise<Machine> | null = null;

  add(held: HeldProgram): void {
    this.programs.set(held.id, held);
  }

  /** The program of an id, if it is held. */
  program(id: string): HeldProgram['program'] | null {
    return this.programs.get(id)?.program ?? null;
  }

  /** Ids of the programs. */
  get ids(): readonly string[] {
    return [...this.programs.keys()];
  }

  /**
   * A program with an adapter, ready to run. The last ones are remembered.
   * Problems: `program.not-held`, `adapter.mismatch`, `program.too-large`.
   */
  player(adapter: Adapter): Promise<Result<TensorPlayer>> {
    const id = adapterIdOf(adapter);
    const known = this.players.get(id);
    if (known !== undefined) return known;
    const made = this.create(adapter);
    if (this.players.size >= REMEMBERED_PLAYERS) this.players.delete(this.players.keys().next().value!);
    this.players.set(id, made);
    // What failed may succeed once more is held.
    void made.then((result) => result.ok || this.players.delete(id));
    return made;
  }

  private async create(adapter: Adapter): Promise<Result<TensorPlayer>> {
    const held = this.programs.get(adapter.program);
    if (held === undefined) {
      return refuse({
        code: 'program.not-held',
        message: `The program of the adapter ${adapter.name} is not held here.`,
        next: 'Put its file beside the adapter.',
        field: 'program',
        value: adapter.program,
      });
    }
    const engine = await this.engineOf(held);
    return engine.ok ? TensorPlayer.create(held, adapter, engine.value) : engine;
  }

  /** One engine a program, whatever adapters are brought: each takes memory for good. */
  private engineOf({ id, program }: HeldProgram): Promise<Result<Engine>> {
    this.machine ??= Machine.create({ maxBytes: MAX_RUN_BYTES });
    const known = this.engines.get(id) ?? this.machine.then((machine) => createEngine(program, { machine }));
    this.engines.set(id, known);
    return known;
  }

  /** What comes of running a program that a report names through the adapter that it carries, on what a claim asks. */
  async run(program: string, carried: Json, { subject, predicate }: Claim): Promise<ProgramRun> {
    const id = NAME.exec(program)?.[1];
    if (id === undefined || !this.programs.has(id)) return { kind: 'not-held' };
    const adapter = parseAdapter(carried);
    if (!adapter.ok) return { kind: 'not-repeatable', why: 'its adapter is none' };
    if (adapter.value.program !== id) return { kind: 'not-repeatable', why: 'its adapter is for another program' };
    const player = await this.player(adapter.value);
    if (!player.ok) return { kind: 'not-repeatable', why: player.problem.message.replace(/\.$/, '') };
    const run = predicate === adapter.value.predicate ? await player.value.run(subject) : null;
    if (run === null) return { kind: 'not-repeatable', why: 'its adapter does not read such a question' };
    const { inputs, outputs, probabilityPpm } = run;
    return { kind: 'reading', probabilityPpm, execution: { inputs, outputs } };
  }

  /**
   * Runs what the reports name on the claim's subject, and gives a registry that knows the results: verifying itself waits
   * for nothing. Other programs are those of `others`. For this claim only.
   */
  async prepare(claim: Claim, evidence: readonly Evidence[], others: ProgramRegistry): Promise<ProgramRegistry> {
    const runs = new Map<string, ProgramRun>();
    for (const piece of evidence) {
      if (piece.kind !== 'analyst-report' || piece.execution === undefined) continue;
      const { program, execution } = piece;
      const key = keyOf(program, execution.adapter);
      if (!runs.has(key)) runs.set(key, await this.run(program, execution.adapter, claim));
    }
    return {
      run: (program, input, adapter) =>
        adapter === undefined
          ? others.run(program, input)
          : (runs.get(keyOf(program, adapter)) ?? { kind: 'not-held' }),
    };
  }

  /** As {@link prepare}, for the claim and the reports of a receipt; one that does not read names nothing to run. */
  async prepareReceipt(input: Uint8Array | Receipt, others: ProgramRegistry): Promise<ProgramRegistry> {
    const receipt = input instanceof Uint8Array ? parseReceipt(input) : ok(input);
    const statement = receipt.ok ? parseStatement(receipt.value) : receipt;
    if (!statement.ok) return others;
    const { claim, evidence } = statement.value.predicate;
    return this.prepare(claim, evidence, others);
  }
}
