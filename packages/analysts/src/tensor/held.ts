/**
 * The programs and adapters that somebody holds: a verifier's folder, a node's, a player's own. Reports that name them are
 * run again; what is not held stays "not held here".
 */
import {
  type Claim,
  type Evidence,
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
import { type ByteSource, commitProgram, Machine, readProgram } from '@surety/programs';
import { type Adapter, adapterIdOf } from './adapter.ts';
import { fits, type HeldProgram, TensorPlayer } from './tensor-player.ts';

const NAME = /^program:([0-9a-f]{64})$/;

/** Largest memory that the programs of one holder run in. */
const MAX_RUN_BYTES = 2 ** 31;

/** A program of a file, checked, under the id that its own bytes give. */
export const holdProgram = (source: ByteSource): Result<HeldProgram> => {
  const program = readProgram(source);
  return program.ok ? ok({ program: program.value, id: toHex(commitProgram(program.value).id) }) : program;
};

/** Programs that are held, each under the id that was recomputed from it. */
export class HeldPrograms {
  private readonly programs = new Map<string, HeldProgram>();
  private readonly adapters = new Map<string, Adapter>();
  private readonly players = new Map<string, Promise<Result<TensorPlayer>>>();
  private machine: Promise<Machine> | null = null;

  add(held: HeldProgram): void {
    this.programs.set(held.id, held);
  }

  /** Keeps an adapter; `adapter.mismatch` where its program is held and does not fit. */
  addAdapter(adapter: Adapter): Result<true> {
    const held = this.programs.get(adapter.program);
    const fit = held === undefined ? ok(true as const) : fits(adapter, held);
    if (fit.ok) this.adapters.set(adapterIdOf(adapter), adapter);
    return fit;
  }

  /** Ids of the programs, and of the adapters. */
  get ids(): { readonly programs: readonly string[]; readonly adapters: readonly string[] } {
    return { programs: [...this.programs.keys()], adapters: [...this.adapters.keys()] };
  }

  /** An adapter by its name; `null` where none, or more than one, is called so. */
  named(name: string): Adapter | null {
    const found = [...this.adapters.values()].filter((adapter) => adapter.name === name);
    return found.length === 1 ? found[0]! : null;
  }

  /**
   * A program with an adapter, ready to run.
   * Problems: `program.not-held`, `adapter.mismatch`, `program.too-large`.
   */
  player(adapter: Adapter): Promise<Result<TensorPlayer>> {
    const id = adapterIdOf(adapter);
    const known = this.players.get(id);
    if (known !== undefined) return known;
    const made = this.create(adapter);
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
    this.machine ??= Machine.create({ maxBytes: MAX_RUN_BYTES });
    return TensorPlayer.create(held, adapter, await this.machine);
  }

  private async runOf(program: string, adapterId: string, { subject, predicate }: Claim): Promise<ProgramRun> {
    const id = NAME.exec(program)?.[1];
    if (id === undefined || !this.programs.has(id)) return { kind: 'not-held' };
    const adapter = this.adapters.get(adapterId);
    if (adapter === undefined) return { kind: 'not-repeatable', why: `its adapter ${adapterId} is not held here` };
    if (adapter.program !== id)
      return { kind: 'not-repeatable', why: `its adapter ${adapterId} is for another program` };
    const player = await this.player(adapter);
    if (!player.ok) return { kind: 'not-repeatable', why: player.problem.message.replace(/\.$/, '') };
    const run = predicate === adapter.predicate ? await player.value.run(subject) : null;
    if (run === null) return { kind: 'not-repeatable', why: 'its adapter does not read such a question' };
    const { inputs, outputs, probabilityPpm } = run;
    return { kind: 'reading', probabilityPpm, execution: { adapter: adapterId, inputs, outputs } };
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
      const key = `${program} ${execution.adapter}`;
      if (!runs.has(key)) runs.set(key, await this.runOf(program, execution.adapter, claim));
    }
    return {
      run: (program, input, adapter) =>
        adapter === undefined
          ? others.run(program, input)
          : (runs.get(`${program} ${adapter}`) ?? { kind: 'not-held' }),
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
