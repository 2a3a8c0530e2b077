import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, utf8 } from '@surety/core';
import { digestOf, type ModelFile } from './digest.ts';
import { compareFiles } from './manifest.ts';
import { byCodePoint, isIgnored } from './path.ts';
import { type Resource, readStatement, rootOf, type Statement, writeStatement } from './statement.ts';

const digest = (text: string): string => {
  const found = digestOf('sha256', utf8(text));
  assert.ok(found.ok);
  return found.value;
};
const FILES = {
  method: 'files',
  hash: 'sha256',
  shardBytes: null,
  allowSymlinks: false,
  ignorePaths: ['.git'],
} as const;

type Payload = {
  _type: string;
  predicateType: string;
  subject: { name: string; digest: { sha256: string } }[];
  predicate: {
    resources: { name: string; digest: string; algorithm: string; uri?: string }[];
    serialization: Record<string, unknown>;
  };
};

/** A statement over resources after a change to its JSON, with the root made to fit unless told otherwise. */
const read = (resources: readonly Resource[], change: (payload: Payload) => unknown, fit = true): Result<Statement> => {
  const payload = JSON.parse(new TextDecoder().decode(writeStatement('model', FILES, resources))) as Payload;
  change(payload);
  if (fit) payload.subject[0]!.digest.sha256 = rootOf(payload.predicate.resources);
  return readStatement(utf8(JSON.stringify(payload)));
};
const one = [{ name: 'a', digest: digest('a') }];
const two = [...one, { name: 'b', digest: digest('b') }];
const codeOf = (result: Result<unknown>): string => (result.ok ? 'accepted' : result.problem.code);

test('the root is SHA-256 over the digests, and names are sorted by code point', () => {
  const names = ['\u{1f600}', '\uffee', 'b', 'a-b', 'a/b', 'A'];
  const resources = names.map((name) => ({ name, digest: digest(name) }));
  const result = readStatement(writeStatement('model', FILES, resources));
  assert.ok(result.ok, JSON.stringify(result));
  const sorted = ['A', 'a-b', 'a/b', 'b', '\uffee', '\u{1f600}'];
  assert.deepEqual(
    result.value.resources.map(({ name }) => name),
    sorted,
  );
  assert.deepEqual([...names].sort(byCodePoint), sorted);
  const raw = Buffer.concat(sorted.map((name) => Buffer.from(digest(name), 'hex')));
  const root = digestOf('sha256', raw);
  assert.ok(root.ok && root.value === result.value.rootDigest);
});

test('unknown fields and another order are read; contradictions are not', () => {
  const accepted = read(two, (payload) => {
    payload.predicate.resources.reverse();
    payload.predicate.resources[0]!.uri = 'https://models.example';
  });
  assert.equal(codeOf(accepted), 'accepted');
  const contradictions: ((payload: Payload) => unknown)[] = [
    (payload) => payload.predicate.resources.push({ ...payload.predicate.resources[0]! }),
    (payload) => (payload.predicate.resources[0]!.algorithm = 'blake3'),
    (payload) => (payload.predicate.resources[0]!.digest += '00'),
    (payload) => (payload.predicate.serialization.shard_size = 8),
    (payload) => (payload.predicate.serialization.method = 'shards'),
  ];
  for (const change of contradictions)
    assert.equal(codeOf(read(two, change)), 'model.bundle-inconsistent', `${change}`);
  const wrongRoot = read(two, (payload) => (payload.subject[0]!.digest.sha256 = digest('other')), false);
  assert.equal(codeOf(wrongRoot), 'model.bundle-inconsistent');
});

test('other types, methods and hashes are unsupported, other forms malformed', () => {
  const unsupported: ((payload: Payload) => unknown)[] = [
    (payload) => (payload.predicateType = 'https://model_signing/Digests/v0.1'),
    (payload) => (payload.predicate.serialization.hash_type = 'md5'),
    (payload) => (payload.predicate.serialization.method = 'tree'),
  ];
  for (const change of unsupported) assert.equal(codeOf(read(one, change)), 'model.bundle-unsupported', `${change}`);
  const malformed: ((payload: Payload) => unknown)[] = [
    (payload) => (payload._type = 'https://in-toto.io/Statement/v0.1'),
    (payload) => payload.subject.push(payload.subject[0]!),
    (payload) => (payload.predicate.resources = []),
    (payload) => (payload.predicate.resources[0]!.digest = 'A'.repeat(64)),
    (payload) => (payload.predicate.serialization.ignore_paths = ['../x']),
    (payload) => (payload.predicate.serialization.ignore_paths = ['*']),
    (payload) => (payload.predicate.serialization.allow_symlinks = 'no'),
    ...['../a', '/a', 'a/../b', ''].map((name) => (payload: Payload) => (payload.predicate.resources[0]!.name = name)),
  ];
  for (const change of malformed) assert.equal(codeOf(read(one, change)), 'model.bundle-malformed', `${change}`);
  for (const text of ['', 'null', '[]', '{"predicateType":1}', '[['.repeat(100_000)]) {
    assert.equal(codeOf(readStatement(utf8(text))), 'model.bundle-malformed');
  }
});

test('shards: every run of bytes is compared, a file is split at the last two colons, an empty file is nothing', () => {
  const bytes = utf8('0123456789abcdefghij');
  const shards = [
    { name: 'a:b:0:8', digest: digest('01234567') },
    { name: 'a:b:8:16', digest: digest('89abcdef') },
    { name: 'a:b:16:20', digest: digest('ghij') },
  ];
  const toShards = (payload: Payload, algorithm = 'sha256'): void => {
    Object.assign(payload.predicate.serialization, { method: 'shards', shard_size: 8 });
    for (const resource of payload.predicate.resources) resource.algorithm = algorithm;
  };
  const file = (path: string, content: ModelFile['content']): ModelFile => ({ path, content });
  for (const algorithm of ['sha256', 'sha256-sharded-8']) {
    const statement = read(shards, (payload) => toShards(payload, algorithm));
    assert.ok(statement.ok, JSON.stringify(statement));
    const compare = (content: ModelFile['content'], ...more: ModelFile[]): string =>
      codeOf(compareFiles(statement.value, [file('a:b', content), ...more]));
    assert.equal(compare({ kind: 'bytes', bytes }, file('empty', { kind: 'bytes', bytes: utf8('') })), 'accepted');
    assert.equal(compare({ kind: 'bytes', bytes: bytes.subarray(0, 16) }), 'model.files-differ');
    assert.equal(compare({ kind: 'bytes', bytes: Buffer.concat([bytes, bytes]) }), 'model.files-differ');
    const digests = shards.map((shard) => shard.digest);
    const given = { kind: 'shards', algorithm: 'sha256', shardBytes: 8, sizeBytes: 20, digests } as const;
    assert.equal(compare(given), 'accepted');
    assert.equal(compare({ ...given, digests: digests.toReversed() }), 'model.files-differ');
    assert.equal(compare({ ...given, shardBytes: 4 }), 'model.file-refused');
  }
  assert.equal(codeOf(read(shards, (payload) => toShards(payload, 'sha256-sharded-4'))), 'model.bundle-inconsistent');
});

test('BLAKE3 statements are read, and comparing them needs digests of the caller', () => {
  const statement = read(one, (payload) => {
    payload.predicate.serialization.hash_type = 'blake3';
    payload.predicate.resources[0]!.algorithm = 'blake3';
  });
  assert.ok(statement.ok, JSON.stringify(statement));
  const compare = (content: ModelFile['content']): string =>
    codeOf(compareFiles(statement.value, [{ path: 'a', content }]));
  assert.equal(compare({ kind: 'bytes', bytes: utf8('a') }), 'model.bundle-unsupported');
  assert.equal(compare({ kind: 'digest', algorithm: 'blake3', digest: digest('a') }), 'accepted');
});

test('a path is ignored with everything below it, and nothing beside it', () => {
  const ignored = new Set(['.git', 'a/b']);
  for (const path of ['.git', '.git/x', 'a/b', 'a/b/c/d']) assert.ok(isIgnored(path, ignored), path);
  for (const path of ['.gitignore', 'sub/.git', 'a', 'a/bc', 'a/c', 'b']) assert.ok(!isIgnored(path, ignored), path);
});

test('a statement that signs what it leaves out contradicts itself', () => {
  const statement = read([{ name: '.git/x', digest: digest('x') }], () => {});
  assert.ok(statement.ok);
  const file: ModelFile = { path: '.git/x', content: { kind: 'bytes', bytes: utf8('x') } };
  assert.equal(codeOf(compareFiles(statement.value, [file])), 'model.bundle-inconsistent');
});
