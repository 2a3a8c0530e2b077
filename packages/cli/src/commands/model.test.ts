/** The commands of models as their users run them, on the committed examples and on files that are wrong. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Column, writeNpz } from '../../../programs/training/npz-writer.ts';
import { type ModelSpec, modelBytes } from '../../../programs/training/onnx-writer.ts';
import { folder, type Ran, surety } from '../testing.ts';

const EXAMPLES = join(import.meta.dirname, '../../../../examples/models');
const example = (name: string): string => join(EXAMPLES, name);

type Failure = { readonly code: string; readonly field?: string; readonly message: string; readonly next: string };

const errorOf = ({ stdout, stderr }: Ran): Failure => {
  assert.ok(stdout.startsWith('{'), stdout + stderr);
  return (JSON.parse(stdout) as { error: Failure }).error;
};

const json = <T>(ran: Ran): T => {
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  return JSON.parse(ran.stdout) as T;
};

type Report = {
  readonly id: string;
  readonly bytes: number;
  readonly model: { readonly operators: Record<string, number>; readonly parameters: number };
  readonly conversion: {
    readonly accuracy: { readonly samples: number; readonly realPpm: number; readonly integerPpm: number };
    readonly cost: { readonly multiplyAccumulates: number; readonly operators: Record<string, number> };
    readonly outputs: readonly { readonly name: string; readonly largestError: number }[];
  };
  readonly signature: { readonly bundle: string; readonly finding: { readonly holds: string } } | null;
};

type Runs = {
  readonly program: string;
  readonly runs: readonly {
    readonly outputs: readonly { readonly name: string; readonly integers: number[]; readonly reals: number[] }[];
    readonly inputId: string;
    readonly outputId: string;
    readonly traceRoot: string | null;
    readonly clamped: number;
  }[];
};

/** A folder in which the digits were imported. */
const withDigits = async (): Promise<{ readonly cwd: string; readonly report: Report }> => {
  const cwd = folder();
  const args = ['model', 'import', example('digits.onnx'), '--calibrate', example('digits.npz'), '--json'];
  return { cwd, report: json<Report>(await surety(args, { cwd })) };
};

test('an import writes program and report, and says what it cost', async () => {
  const { cwd, report } = await withDigits();
  assert.match(report.id, /^[0-9a-f]{64}$/);
  assert.deepEqual([report.model.operators.Conv, report.model.parameters], [2, 3820]);
  const { accuracy, cost, outputs } = report.conversion;
  assert.equal(accuracy.samples, 120);
  assert.ok(accuracy.realPpm > 950_000 && Math.abs(accuracy.realPpm - accuracy.integerPpm) <= 10_000);
  assert.ok(cost.multiplyAccumulates > 90_000 && outputs[0]!.largestError > 0);
  assert.equal(readFileSync(join(cwd, 'digits.program')).length, report.bytes);
  assert.equal((JSON.parse(readFileSync(join(cwd, 'digits.program.json'), 'utf8')) as Report).id, report.id);
  const words = await surety(['model', 'import', example('digits.onnx'), '-c', example('digits.npz')], { cwd });
  assert.match(words.stdout, /accuracy +\d+\.\d\d % before, \d+\.\d\d % after/);
  assert.match(words.stdout, new RegExp(`program +${report.id}`));
  assert.equal(words.stderr, '', 'no progress where nobody watches');
});

test('a program runs by file and by id, from npz and JSON, alone and in threads, to the same bytes', async () => {
  const { cwd, report } = await withDigits();
  const run = async (...args: string[]) => json<Runs>(await surety(['model', 'run', ...args, '--json'], { cwd }));
  const byFile = await run('digits.program', example('digits.npz'));
  assert.deepEqual([byFile.program, byFile.runs.length], [report.id, 120]);
  const threads = await run(report.id.slice(0, 8), example('digits.npz'), '--threads', '2', '--trace');
  assert.deepEqual(
    threads.runs.map(({ outputId }) => outputId),
    byFile.runs.map(({ outputId }) => outputId),
  );
  assert.match(threads.runs[0]!.traceRoot ?? '', /^[0-9a-f]{64}$/);
  assert.notEqual(threads.runs[0]!.traceRoot, threads.runs[1]!.traceRoot);
  writeFileSync(join(cwd, 'zero.json'), JSON.stringify({ image: new Array(256).fill(0) }));
  writeFileSync(join(cwd, 'far.json'), JSON.stringify({ image: [[new Array(16).fill(new Array(16).fill(9))]] }));
  writeFileSync(join(cwd, 'ends.json'), JSON.stringify({ image: new Array(256).fill(127) }));
  const [zero, integers, far, ends] = await Promise.all([
    run('digits.program', 'zero.json'),
    run('digits.program', 'zero.json', '--integers'),
    run('digits.program', 'far.json'),
    run('digits.program', 'ends.json', '--integers'),
  ]);
  assert.equal(zero.runs[0]!.outputId, integers.runs[0]!.outputId);
  assert.equal(zero.runs[0]!.clamped, 0);
  assert.equal(far.runs[0]!.clamped, 256);
  assert.equal(far.runs[0]!.outputId, ends.runs[0]!.outputId, 'clamped to the end of the range');
  const words = await surety(['model', 'run', 'digits.program', 'far.json'], { cwd });
  assert.match(words.stdout, /256 input numbers lay beyond the program's range/);
  assert.match(words.stdout, new RegExp(`output ${far.runs[0]!.outputId}`));
});

test('inspect shows inputs, operators, cost and id', async () => {
  const { cwd, report } = await withDigits();
  const { stdout } = await surety(['model', 'inspect', 'digits.program'], { cwd });
  assert.ok(stdout.includes(report.id));
  assert.match(stdout, /image +i8 \[1, 1, 16, 16\] +-127 \.\. 127/);
  assert.match(stdout, /2 conv/);
  const data = json<{ inputs: { name: string }[]; cost: { multiplyAccumulates: number } }>(
    await surety(['model', 'inspect', report.id, '--json'], { cwd }),
  );
  assert.equal(data.inputs[0]!.name, 'image');
  assert.equal(data.cost.multiplyAccumulates, report.conversion.cost.multiplyAccumulates);
});

test('inputs of a run that do not fit are refused by name', async () => {
  const { cwd } = await withDigits();
  const rows: readonly (readonly [string, unknown, string, string])[] = [
    ['name', { picture: [1] }, 'program.input', 'input.picture'],
    ['nothing', {}, 'program.input', 'input.image'],
    [
      'shape',
      {
        image: [
          [1, 2],
          [3, 4],
        ],
      },
      'program.input',
      'input.image',
    ],
    ['ragged', { image: [[1, 2], [3]] }, 'program.input', 'input.image'],
    ['text', { image: new Array(256).fill('1') }, 'program.input', 'input.image[0]'],
    ['null', { image: [...new Array(255).fill(1), null] }, 'program.input', 'input.image[255]'],
    ['list', [1, 2], 'program.input', 'input[0]'],
    ['empty', [], 'program.input', 'input'],
  ];
  const runs = await Promise.all(
    rows.map(([name, input]) => {
      writeFileSync(join(cwd, `${name}.json`), JSON.stringify(input));
      return surety(['model', 'run', 'digits.program', `${name}.json`, '--json'], { cwd });
    }),
  );
  rows.forEach(([name, , code, field], i) => {
    const error = errorOf(runs[i]!);
    assert.deepEqual([error.code, error.field, runs[i]!.code], [code, field, 65], name);
  });
  writeFileSync(join(cwd, 'nan.json'), '{"image": [NaN]}');
  writeFileSync(join(cwd, 'half.json'), JSON.stringify({ image: new Array(256).fill(0.5) }));
  writeFileSync(join(cwd, 'over.json'), JSON.stringify({ image: new Array(256).fill(128) }));
  const labels: Column = { type: 'i1', shape: [3], values: [1, 2, 3] };
  writeFileSync(join(cwd, 'labels.npz'), writeNpz({ labels }));
  writeFileSync(join(cwd, 'not.npz'), 'PK');
  const others = await Promise.all(
    [['nan.json'], ['half.json', '-i'], ['over.json', '-i'], ['labels.npz'], ['not.npz'], ['none.json']].map((args) =>
      surety(['model', 'run', 'digits.program', ...args, '--json'], { cwd }),
    ),
  );
  assert.deepEqual(
    others.map((ran) => errorOf(ran).code),
    [
      'input.malformed',
      ...['program.input', 'program.input', 'program.input'],
      'input.malformed',
      'cli.file-unreadable',
    ],
  );
});

test('a file that is no program, cut short, or no longer the one of its id is refused', async () => {
  const { cwd, report } = await withDigits();
  const bytes = readFileSync(join(cwd, 'digits.program'));
  writeFileSync(join(cwd, 'cut.program'), bytes.subarray(0, -1));
  writeFileSync(join(cwd, 'other.program'), 'hello');
  for (const name of ['cut.program', 'other.program']) {
    assert.equal(errorOf(await surety(['model', 'inspect', name, '--json'], { cwd })).code, 'program.malformed');
  }
  assert.equal(errorOf(await surety(['model', 'inspect', 'abcdef01', '--json'], { cwd })).code, 'cli.file-unreadable');
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(join(cwd, 'digits.program'), bytes);
  const changed = errorOf(await surety(['model', 'inspect', report.id, '--json'], { cwd }));
  assert.match(changed.message, /no longer the program/);
});

const FLOAT = 1;

/** Two inputs into operators that nobody has, one that is there, and one with weights in a data file. */
const net = (nodes: ModelSpec['nodes'], initializers: ModelSpec['initializers'] = []): Uint8Array =>
  modelBytes({
    nodes,
    initializers,
    inputs: [{ name: 'x', shape: [1, 4], type: FLOAT }],
    outputs: [{ name: 'y', shape: [1, 4], type: FLOAT }],
  });

test('everything unsupported is listed: operator, node, and what to do instead', async () => {
  const cwd = folder();
  const nodes = [
    { op: 'Relu', inputs: ['x'], outputs: ['a'], name: 'first' },
    { op: 'Fourier', inputs: ['a'], outputs: ['b'], name: 'wave', domain: 'my.own' },
    { op: 'Det', inputs: ['x'], outputs: ['c'], name: 'volume' },
    { op: 'NonZero', inputs: ['x'], outputs: ['y'], name: 'places' },
  ];
  writeFileSync(join(cwd, 'net.onnx'), net(nodes));
  const words = await surety(['model', 'import', 'net.onnx'], { cwd });
  assert.equal(words.code, 65);
  for (const part of [
    '3 things',
    'node wave (Fourier)',
    'my.own.Fourier',
    'node volume (Det)',
    'node places (NonZero)',
  ])
    assert.ok(words.stdout.includes(part), `${part} in ${words.stdout}`);
  const ran = await surety(['model', 'import', 'net.onnx', '--json'], { cwd });
  const { problems } = JSON.parse(ran.stdout) as { problems: Failure[] };
  assert.deepEqual(
    problems.map(({ code, field, next }) => [code, field, next.length > 0]),
    ['wave (Fourier)', 'volume (Det)', 'places (NonZero)'].map((node) => ['model.unsupported', `node ${node}`, true]),
  );
});

test('damaged and hostile models end in a refusal, not in a program', async () => {
  const cwd = folder();
  const whole = readFileSync(example('digits.onnx'));
  writeFileSync(join(cwd, 'cut.onnx'), whole.subarray(0, whole.length - 40));
  const relu = [{ op: 'Add', inputs: ['x', 'w'], outputs: ['y'], name: 'sum' }];
  const beside = (location: string): Uint8Array =>
    net(relu, [{ name: 'w', dims: [1, 4], external: { location, offset: '0', length: '16' } }]);
  writeFileSync(join(cwd, 'climb.onnx'), beside('../secret.bin'));
  writeFileSync(join(cwd, 'absent.onnx'), beside('nowhere.bin'));
  writeFileSync(join(cwd, 'nan.onnx'), net(relu, [{ name: 'w', dims: [1, 4], floats: [1, Number.NaN, 0, 0] }]));
  const names = ['cut', 'climb', 'absent', 'nan', 'none'];
  const runs = await Promise.all(
    names.map((name) => surety(['model', 'import', `${name}.onnx`, '-c', example('digits.npz'), '--json'], { cwd })),
  );
  assert.deepEqual(
    runs.map((ran) => errorOf(ran).code),
    [...new Array<string>(4).fill('model.malformed'), 'cli.file-unreadable'],
  );
  assert.match(errorOf(runs[1]!).message, /outside the model's folder/);
});

test('samples that do not fit are refused by array', async () => {
  const cwd = folder();
  const image: Column = { type: 'f2', shape: [2, 1, 16, 16], values: new Float32Array(512) };
  const files: Record<string, Record<string, Column>> = {
    absent: { picture: image },
    shape: { image: { ...image, shape: [2, 16, 16] } },
    nan: { image: { ...image, values: new Float32Array(512).fill(Number.NaN) } },
    labels: { image, labels: { type: 'i1', shape: [3], values: [0, 1, 2] } },
    label: { image, labels: { type: 'i1', shape: [2], values: [0, 10] } },
  };
  for (const [name, columns] of Object.entries(files)) writeFileSync(join(cwd, `${name}.npz`), writeNpz(columns));
  const run = (...args: string[]) => surety(['model', 'import', example('digits.onnx'), ...args, '--json'], { cwd });
  const runs = await Promise.all(Object.keys(files).map((name) => run('-c', `${name}.npz`)));
  assert.deepEqual(
    runs.map((ran) => [errorOf(ran).code, errorOf(ran).field]),
    ['samples.image', 'samples.image', 'samples.image[0]', 'labels', 'labels[1]'].map((at) => ['input.malformed', at]),
  );
  assert.match(errorOf(runs[0]!).next, /image of shape \[samples, 1, 1, 16, 16\]/);
  assert.equal(errorOf(await run()).code, 'input.empty');
  const usage = await Promise.all([
    run('--policy', 'int4'),
    run('--dimension', 'batch'),
    run('--dimension', 'batch=0'),
    run('--range', 'x=5:1'),
    run('--signature-key', 'a.pem'),
  ]);
  for (const ran of usage) assert.deepEqual([ran.code, errorOf(ran).code], [2, 'cli.usage']);
  assert.equal(errorOf(await run('-c', 'labels.npz', '--labels', 'answers')).field, 'labels');
  assert.equal(errorOf(await run('-c', example('digits.npz'), '--state', 'image=logits')).code, 'model.unsupported');
});

test('inputs become part of the model, and open dimensions get their size', async () => {
  const cwd = folder();
  const model = modelBytes({
    nodes: [{ op: 'Mul', inputs: ['x', 'factor'], outputs: ['y'], name: 'scale' }],
    inputs: [
      { name: 'x', shape: ['batch', 4] },
      { name: 'factor', shape: [1, 4] },
    ],
    outputs: [{ name: 'y', shape: ['batch', 4] }],
  });
  writeFileSync(join(cwd, 'net.onnx'), model);
  const numbers = (shape: number[], values: number[]): Column => ({ type: 'f2', shape, values });
  writeFileSync(
    join(cwd, 'x.npz'),
    writeNpz({
      x: numbers(
        [3, 2, 4],
        Array.from({ length: 24 }, (_, i) => i / 8),
      ),
    }),
  );
  writeFileSync(join(cwd, 'k.npz'), writeNpz({ k: numbers([1, 4], [1, 2, 3, 4]) }));
  const base = ['model', 'import', 'net.onnx', '-c', 'x.npz', '--json'];
  assert.match(errorOf(await surety(base, { cwd })).message, /open dimension batch/);
  json(await surety([...base, '--dimension', 'batch=2', '--constant', 'factor=k.npz:k'], { cwd }));
  writeFileSync(
    join(cwd, 'in.json'),
    JSON.stringify({
      x: [
        [1, 1, 1, 1],
        [2, 2, 2, 2],
      ],
    }),
  );
  const { runs } = json<Runs>(await surety(['model', 'run', 'net.program', 'in.json', '--json'], { cwd }));
  const reals = runs[0]!.outputs[0]!.reals.map((value) => Math.round(value * 10) / 10);
  assert.deepEqual(reals, [1, 2, 3, 4, 2, 4, 6, 8]);
});

test('a model with states is imported from sequences and run step by step', async () => {
  const cwd = folder();
  const states = [0, 1].flatMap((block) =>
    ['k', 'v'].flatMap((what) => ['--state', `past.block${block}.${what}=kept.block${block}.${what}`]),
  );
  const args = ['-c', example('name-writer-step.npz'), '--range', 'id=0:39', '--range', 'place=0:31', ...states];
  json(await surety(['model', 'import', example('name-writer-step.onnx'), ...args, '--json'], { cwd }));
  const mask = (place: number): number[] => Array.from({ length: 32 }, (_, at) => (at < 31 - place ? -16 : 0));
  const step = (id: number, place: number) => ({ id: [id], place: [place], mask: mask(place) });
  writeFileSync(join(cwd, 'steps.json'), JSON.stringify([step(0, 0), step(5, 1), step(7, 2)]));
  writeFileSync(join(cwd, 'last.json'), JSON.stringify(step(7, 2)));
  const run = async (file: string) =>
    json<Runs>(await surety(['model', 'run', 'name-writer-step.program', file, '--json'], { cwd }));
  const [steps, last] = await Promise.all([run('steps.json'), run('last.json')]);
  assert.equal(steps.runs.length, 3);
  assert.notEqual(steps.runs[2]!.outputId, last.runs[0]!.outputId, 'the last step has seen the others');
  const { stdout } = await surety(['model', 'inspect', 'name-writer-step.program'], { cwd });
  assert.match(stdout, /kept\.block0\.k becomes past\.block0\.k/);
});

test('a model signed by its maker keeps that evidence', async () => {
  const cwd = folder();
  copyFileSync(example('digits.onnx'), join(cwd, 'digits.onnx'));
  const write = (name: string) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(join(cwd, `${name}.key`), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(join(cwd, `${name}.pem`), publicKey.export({ type: 'spki', format: 'pem' }));
  };
  for (const name of ['maker', 'stranger']) write(name);
  const run = (...args: string[]) => surety(['model', ...args, '--json'], { cwd });
  const { id } = json<{ id: string }>(await run('sign', 'digits.onnx', '--key', 'maker.key'));
  const check = (...args: string[]) => run('verify-signature', 'digits.onnx.sig', ...args);
  const [own, other, none] = await Promise.all([check('-k', 'maker.pem'), check('-k', 'stranger.pem'), check()]);
  assert.deepEqual([own.code, other.code, none.code], [0, 3, 3]);
  const from = ['import', 'digits.onnx', '-c', example('digits.npz'), '--signature', 'digits.onnx.sig'];
  const trusted = json<Report>(await run(...from, '--signature-key', 'maker.pem'));
  assert.deepEqual([trusted.signature?.bundle, trusted.signature?.finding.holds], [id, 'shown']);
  const report = JSON.parse(readFileSync(join(cwd, 'digits.program.json'), 'utf8')) as Report;
  assert.equal(report.signature?.bundle, id);
  assert.equal(json<Report>(await run(...from)).signature?.finding.holds, 'not-shown');
  const bytes = readFileSync(join(cwd, 'digits.onnx'));
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(join(cwd, 'digits.onnx'), bytes);
  assert.equal((await check('-k', 'maker.pem')).code, 1);
  assert.equal(errorOf(await run(...from, '--signature-key', 'maker.pem')).code, 'model.files-differ');
  // What lies beside a file that was signed alone is not read: here something that cannot be.
  symlinkSync(join(cwd, 'nowhere'), join(cwd, 'dangling'));
  assert.equal(errorOf(await run(...from, '--signature-key', 'maker.pem')).code, 'model.files-differ');
  mkdirSync(join(cwd, 'folder'));
  const weights = [{ name: 'w', dims: [1, 4], external: { location: 'w.bin', offset: '0', length: '16' } }];
  const sum = [{ op: 'Add', inputs: ['x', 'w'], outputs: ['y'], name: 'sum' }];
  writeFileSync(join(cwd, 'folder', 'net.onnx'), net(sum, weights));
  writeFileSync(join(cwd, 'folder', 'w.bin'), new Uint8Array(16));
  writeFileSync(join(cwd, 'x.npz'), writeNpz({ x: { type: 'f2', shape: [1, 4], values: [1, 2, 3, 4] } }));
  symlinkSync(cwd, join(cwd, 'folder', 'up'));
  assert.equal(errorOf(await run('sign', 'folder', '--key', 'maker.key')).code, 'model.file-refused');
  rmSync(join(cwd, 'folder', 'up'));
  json(await run('sign', 'folder', '--key', 'maker.key'));
  const beside = [
    'import',
    'folder/net.onnx',
    '-c',
    'x.npz',
    '--signature',
    'folder.sig',
    '--signature-key',
    'maker.pem',
  ];
  assert.equal(json<Report>(await run(...beside)).signature?.finding.holds, 'shown');
  writeFileSync(join(cwd, 'folder', 'w.bin'), new Uint8Array(16).fill(1));
  assert.equal(errorOf(await run(...beside)).code, 'model.files-differ');
  writeFileSync(join(cwd, 'bad.key'), 'no key');
  assert.equal(errorOf(await run('sign', 'digits.onnx', '--key', 'bad.key')).code, 'signature.malformed');
});
