import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readArgs } from './args.ts';
import { UsageError } from './refusal.ts';
import { COMMANDS } from './table.ts';

const refusal = (args: readonly string[]): string => {
  try {
    readArgs(args);
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} ${error.next}`;
    throw error;
  }
  return 'read';
};

test('options may stand anywhere; two words name a command before one does', () => {
  const ask = readArgs(['--json', 'ask', '--budget', '0.20', 'Is google.com a scam?', '-y']);
  assert.deepEqual(
    [ask.command.name, ask.args, ask.values],
    ['ask', ['Is google.com a scam?'], { json: true, budget: '0.20', yes: true }],
  );
  assert.equal(readArgs(['player', 'new', 'mybot']).command.name, 'player new');
  assert.deepEqual(readArgs(['ask', '--', '--is-this.com a scam?']).args, ['--is-this.com a scam?']);
  assert.deepEqual(readArgs(['--home', 'x', 'status']).values, { home: 'x' });
  assert.equal(readArgs([]).command.name, 'help');
});

test('what is not a command line of ours is refused with what was meant', () => {
  const rows: readonly (readonly [readonly string[], RegExp])[] = [
    [['player'], /player new, player add, player backtest/],
    [['player', 'nwe', 'x'], /Did you mean "surety player new"\?/],
    [['xyzzy'], /Run "surety help"/],
    [['ask', 'x', '--budgt', '1'], /Did you mean --budget\?/],
    [['ask', 'x', '-z'], /no option -z/],
    [['ask', 'x', '--__proto__'], /no option --__proto__/],
    [['ask', 'Is', 'google.com', 'a', 'scam'], /Put the question in quotes/],
    [['ask'], /needs "QUESTION"/],
    [['verify'], /needs RECEIPT/],
    [['ask', 'x', '--budget'], /--budget needs a value/],
    [['ask', 'x', '--yes=1'], /takes no value/],
  ];
  for (const [args, words] of rows) assert.match(refusal(args), words, args.join(' '));
});

test('property: any command line is read or refused, never crashes', () => {
  const words = COMMANDS.flatMap(({ name, options }) => [
    ...name.split(' '),
    ...Object.keys(options).map((option) => `--${option}`),
  ]);
  const word = fc.oneof(fc.constantFrom(...words, '--', '-', '-h', '--json', '--url'), fc.string({ maxLength: 12 }));
  fc.assert(fc.property(fc.array(word, { maxLength: 6 }), (args) => void refusal(args)));
});

test('options that may be given several times keep every value, in order', () => {
  const { values } = readArgs([
    'model',
    'import',
    'net.onnx',
    '--dimension',
    'a=1',
    '--dimension=b=2',
    '--policy',
    'int16',
  ]);
  assert.equal(values.dimension, 'a=1\nb=2');
  assert.equal(values.policy, 'int16');
  assert.equal(readArgs(['model', 'import', 'net.onnx', '--policy', 'a', '--policy', 'b']).values.policy, 'b');
});
