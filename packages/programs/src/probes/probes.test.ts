import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex, unwrap, utf8 } from '@surety/core';
import { type ProbeSet, probeSetBytes, probeSetId, readProbes } from '../index.ts';

const UNIT = { mantissa: 1, exponent: -4 };

const SET: ProbeSet = {
  type: 'surety/probes/v1',
  inputs: [
    { dtype: 'i8', shape: [2], encoding: UNIT },
    { dtype: 'i16', shape: [], encoding: UNIT },
  ],
  probes: [
    [[1, -2], [300]],
    [[0, 127], [-300]],
  ],
};

const code = (value: unknown): string => {
  const read = readProbes(
    utf8(typeof value === 'string' ? value : new TextDecoder().decode(probeSetBytes(value as ProbeSet))),
  );
  return read.ok ? 'ok' : read.problem.code;
};

test('a probe set comes back from its bytes, and its id depends on all of it', () => {
  assert.deepEqual(unwrap(readProbes(probeSetBytes(SET))), SET);
  const others: readonly ProbeSet[] = [
    { ...SET, probes: [...SET.probes].reverse() },
    { ...SET, probes: SET.probes.slice(0, 1) },
    { ...SET, probes: [[[1, -2], [301]], SET.probes[1]!] },
    { ...SET, inputs: [{ ...SET.inputs[0]!, encoding: { mantissa: 3, exponent: -4 } }, SET.inputs[1]!] },
    { ...SET, inputs: [{ ...SET.inputs[0]!, dtype: 'i16' }, SET.inputs[1]!] },
  ];
  const ids = [SET, ...others].map((set) => toHex(probeSetId(set)));
  assert.equal(new Set(ids).size, ids.length);
});

test('what is not the one encoding of a fitting set is refused', () => {
  assert.equal(code(SET), 'ok');
  assert.equal(code(`${JSON.stringify(SET)} `), 'input.not-canonical');
  assert.equal(code('{}'), 'input.missing-field');
  assert.equal(code({ ...SET, probes: [] }), 'input.empty');
  assert.equal(code({ ...SET, inputs: [] }), 'input.empty');
  assert.equal(code({ ...SET, probes: [[[1, 2]]] }), 'probes.malformed');
  assert.equal(code({ ...SET, probes: [[[1], [2]]] }), 'probes.malformed');
  assert.equal(code({ ...SET, probes: [[[1, 128], [2]]] }), 'probes.malformed');
  assert.equal(code({ ...SET, probes: Array.from({ length: 1_001 }, () => SET.probes[0]) }), 'input.too-large');
  assert.equal(
    code({ ...SET, inputs: [{ ...SET.inputs[0]!, shape: [2 ** 20, 2 ** 20] }, SET.inputs[1]!] }),
    'probes.malformed',
  );
  assert.equal(code({ ...SET, surprise: 1 }), 'input.unknown-field');
});
