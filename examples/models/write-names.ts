/** Imports the name writer and lets it go on from a few letters, each answer being the next step's input. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SuretyError, unwrap } from '@surety/sdk';
import {
  createRunner,
  importModel,
  type OpenProgram,
  openProgram,
  type RunInputs,
  readNpz,
} from '@surety/sdk/model-files';

const ALPHABET = ' abcdefghijklmnopqrstuvwxyz0123456789-.';
const CONTEXT = 32;

const states = [0, 1].flatMap((block) =>
  ['k', 'v'].map((what) => ({ input: `past.block${block}.${what}`, output: `kept.block${block}.${what}` })),
);

const importWriter = async (out: string): Promise<OpenProgram> => {
  const made = await importModel({
    file: join(import.meta.dirname, 'name-writer-step.onnx'),
    out,
    samples: unwrap(readNpz(readFileSync(join(import.meta.dirname, 'name-writer-step.npz')))),
    ranges: { id: { low: 0, high: ALPHABET.length }, place: { low: 0, high: CONTEXT - 1 } },
    states,
  });
  if (!made.ok) throw new SuretyError(made.problem);
  return unwrap(await openProgram(out));
};

/** One character at a place; what no step has reached yet is masked. */
const step = (id: number, place: number): RunInputs => {
  const mask = Float64Array.from({ length: CONTEXT }, (_, at) => (at < CONTEXT - 1 - place ? -16 : 0));
  return new Map([
    ['id', { shape: [1], values: Float64Array.of(id) }],
    ['place', { shape: [1], values: Float64Array.of(place) }],
    ['mask', { shape: [1, CONTEXT], values: mask }],
  ]);
};

/** The likeliest letters after a beginning, up to the first space. */
const write = async (program: OpenProgram, beginning: string): Promise<string> => {
  const runner = unwrap(await createRunner(program, { now: () => performance.now() }));
  let name = beginning;
  for (let place = 0; place < CONTEXT; place++) {
    // A space begins a name.
    const letter = place === 0 ? ' ' : name[place - 1]!;
    const { outputs } = unwrap(await runner.run(step(ALPHABET.indexOf(letter), place)));
    if (place < name.length) continue;
    const { integers } = outputs[0]!;
    const next = ALPHABET[integers.indexOf(Math.max(...integers))] ?? ' ';
    if (next === ' ') break;
    name += next;
  }
  await runner.close();
  return name;
};

const folder = mkdtempSync(join(tmpdir(), 'surety-writer-'));
const program = await importWriter(join(folder, 'name-writer.program'));
for (const beginning of ['eth', 'my', 'coin', 'wallet']) {
  process.stdout.write(`${beginning.padEnd(8)} ${await write(program, beginning)}\n`);
}
program.close();
rmSync(folder, { recursive: true });
