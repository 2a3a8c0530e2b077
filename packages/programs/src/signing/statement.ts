/** The signed statement: which files, each with its digest, under one root digest (OMS 1.0, sections 5 and 6.5). */
import { createHash } from 'node:crypto';
import { fromUtf8, ok, type Problem, type Result, shapes as s, utf8 } from '@surety/core';
import { DIGEST_BYTES, HASH_NAMES, type HashName } from './digest.ts';
import { lenient, readJson } from './lenient.ts';
import { byCodePoint, isCanonicalPath, isIgnorePath, MAX_PATH_LENGTH } from './path.ts';
import { refused } from './problem.ts';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const PREDICATE_TYPE = 'https://model_signing/signature/v1.0';
/** Predicate of the experimental 0.2 format, which is not read. */
const OLD_PREDICATE_TYPE = 'https://model_signing/Digests/v0.1';

export const STATEMENT_LIMITS = {
  resources: 100_000,
  ignoredPaths: 1024,
  shardBytes: Number.MAX_SAFE_INTEGER,
} as const;

/** How files became digests. */
export type Serialization = {
  readonly method: 'files' | 'shards';
  readonly hash: HashName;
  /** Bytes of a shard; `null` where files are hashed whole. */
  readonly shardBytes: number | null;
  readonly allowSymlinks: boolean;
  /** Paths that the signer left out. */
  readonly ignorePaths: readonly string[];
};

/** A file, or with shards a run of bytes of one, named `path:start:end`. Digests are lower-case hex. */
export type Resource = { readonly name: string; readonly digest: string };

export type Statement = {
  /** What the signer called the model; means nothing. */
  readonly modelName: string;
  /** SHA-256 over the digests in listed order. */
  readonly rootDigest: string;
  readonly serialization: Serialization;
  readonly resources: readonly Resource[];
};

const name = s.text({ min: 1, max: MAX_PATH_LENGTH + 64 });
const digest = s.text({ min: 64, max: 128, form: /^(?:[0-9a-f]{2})+$/, called: 'lower-case hex' });

const SHAPE = lenient({
  _type: s.literal(STATEMENT_TYPE),
  predicateType: s.text({ max: 256 }),
  subject: s.list(lenient({ name, digest: lenient({ sha256: s.hex(32) }) }), { min: 1, max: 1 }),
  predicate: lenient({
    resources: s.list(lenient({ name, digest, algorithm: s.text({ min: 1, max: 64 }) }), {
      min: 1,
      max: STATEMENT_LIMITS.resources,
    }),
    serialization: lenient(
      { method: s.text({ max: 64 }), hash_type: s.text({ max: 64 }), allow_symlinks: s.boolean },
      {
        shard_size: s.integer({ min: 1, max: STATEMENT_LIMITS.shardBytes }),
        ignore_paths: s.list(s.text({ min: 1, max: MAX_PATH_LENGTH }), { max: STATEMENT_LIMITS.ignoredPaths }),
      },
    ),
  }),
});
type Raw = s.Shaped<typeof SHAPE>;

const PREDICATE = lenient({ predicateType: s.text({ max: 256 }) });

const at = (field: string): string => `statement.${field}`;

const unsupported = (field: string, value: string, limit: string): Result<never> =>
  refused(
    'model.bundle-unsupported',
    at(field),
    `${field} is ${value}, which is not read here.`,
    `Sign with ${limit}.`,
    {
      value,
      limit,
    },
  );

const inconsistent = (field: string, message: string): Result<never> =>
  refused('model.bundle-inconsistent', at(field), message, 'Ask the signer to sign the model again.');

/** SHA-256 over the raw digests, one after the other. */
export const rootOf = (resources: readonly Resource[]): string => {
  const hash = createHash('sha256');
  for (const resource of resources) hash.update(resource.digest, 'hex');
  return hash.digest('hex');
};

const readSerialization = (raw: Raw['predicate']['serialization']): Result<Serialization> => {
  const { method, hash_type, shard_size, allow_symlinks, ignore_paths } = raw;
  const hash = HASH_NAMES.find((known) => known === hash_type);
  if (hash === undefined) return unsupported('predicate.serialization.hash_type', hash_type, HASH_NAMES.join(' | '));
  if (method !== 'files' && method !== 'shards') {
    return unsupported('predicate.serialization.method', method, 'files | shards');
  }
  if ((method === 'shards') !== (shard_size !== undefined)) {
    return inconsistent(
      'predicate.serialization.shard_size',
      'A shard size belongs to the method shards and to no other.',
    );
  }
  const ignorePaths = ignore_paths ?? [];
  const bad = ignorePaths.findIndex((path) => !isIgnorePath(path));
  if (bad !== -1) {
    const message = 'An ignored path is not a plain path within the model.';
    return refused(
      'model.bundle-malformed',
      at(`predicate.serialization.ignore_paths.${bad}`),
      message,
      'Sign again.',
      {
        value: ignorePaths[bad],
      },
    );
  }
  return ok({ method, hash, shardBytes: shard_size ?? null, allowSymlinks: allow_symlinks, ignorePaths });
};

/** `path:start:end`, split at the last two colons: paths may hold others. */
export const SHARD_NAME = /^(.+):(0|[1-9]\d{0,15}):([1-9]\d{0,15})$/s;

/** The path that a resource speaks of. */
export const pathOf = (resource: Resource, method: Serialization['method']): string =>
  method === 'files' ? resource.name : (SHARD_NAME.exec(resource.name)?.[1] ?? '');

const readResources = (raw: Raw['predicate']['resources'], how: Serialization): Result<readonly Resource[]> => {
  // The reference implementation names shards' algorithm with their size, the specification without.
  const algorithms = [how.hash, ...(how.shardBytes === null ? [] : [`${how.hash}-sharded-${how.shardBytes}`])];
  const names = new Set<string>();
  for (const [i, resource] of raw.entries()) {
    const field = `predicate.resources.${i}`;
    if (!algorithms.includes(resource.algorithm)) {
      return inconsistent(`${field}.algorithm`, `Resource ${i} is not hashed with ${how.hash} as the statement says.`);
    }
    if (resource.digest.length !== 2 * DIGEST_BYTES[how.hash]) {
      return inconsistent(`${field}.digest`, `The digest of resource ${i} does not have the length of ${how.hash}.`);
    }
    const path = pathOf(resource, how.method);
    // A model of one file was named "." before 1.0.1.
    const isWhole = path === '.' && raw.length === 1 && how.method === 'files';
    if (!isWhole && !isCanonicalPath(path)) {
      const message = `Resource ${i} is not named by a plain path within the model.`;
      const { name: value } = resource;
      return refused('model.bundle-malformed', at(`${field}.name`), message, 'Ask the signer to sign again.', {
        value,
      });
    }
    if (names.has(resource.name)) return inconsistent(`${field}.name`, `Resource ${i} is listed twice.`);
    names.add(resource.name);
  }
  return ok(raw.map((resource) => ({ name: resource.name, digest: resource.digest })));
};

/**
 * The statement in a payload whose signature was checked. Resources may come in any order, since the reference
 * implementation sorts by parts of paths and the specification by whole names; the root is over the listed order.
 */
export const readStatement = (payload: Uint8Array): Result<Statement> => {
  const asProblem = (problem: Problem): Problem => ({ ...problem, code: 'model.bundle-malformed' });
  const text = fromUtf8(payload, 'statement');
  if (!text.ok) return { ok: false, problem: asProblem(text.problem) };
  const kind = readJson(text.value, { shape: PREDICATE, at: 'statement', asProblem });
  if (!kind.ok) return kind;
  const { predicateType } = kind.value.value;
  if (predicateType !== PREDICATE_TYPE) {
    const next = predicateType === OLD_PREDICATE_TYPE ? 'a release of model-signing from 1.0 on' : PREDICATE_TYPE;
    return unsupported('predicateType', predicateType, next);
  }
  const read = SHAPE(kind.value.json, 'statement');
  if (!read.ok) return { ok: false, problem: asProblem(read.problem) };
  const { subject, predicate } = read.value;
  const serialization = readSerialization(predicate.serialization);
  if (!serialization.ok) return serialization;
  const resources = readResources(predicate.resources, serialization.value);
  if (!resources.ok) return resources;
  const rootDigest = rootOf(resources.value);
  if (subject[0]!.digest.sha256 !== rootDigest) {
    return inconsistent('subject.0.digest.sha256', 'The root digest is not that of the listed files.');
  }
  return ok({
    modelName: subject[0]!.name,
    rootDigest,
    serialization: serialization.value,
    resources: resources.value,
  });
};

/** The payload of a statement: JSON with sorted resources. The same statement always gives the same bytes. */
export const writeStatement = (
  modelName: string,
  serialization: Serialization,
  files: readonly Resource[],
): Uint8Array => {
  const resources = [...files].sort((a, b) => byCodePoint(a.name, b.name));
  const { method, hash, allowSymlinks, ignorePaths } = serialization;
  return utf8(
    JSON.stringify({
      _type: STATEMENT_TYPE,
      subject: [{ name: modelName, digest: { sha256: rootOf(resources) } }],
      predicateType: PREDICATE_TYPE,
      predicate: {
        resources: resources.map((resource) => ({ name: resource.name, digest: resource.digest, algorithm: hash })),
        serialization: {
          method,
          hash_type: hash,
          allow_symlinks: allowSymlinks,
          ignore_paths: [...ignorePaths].sort(byCodePoint),
        },
      },
    }),
  );
};
