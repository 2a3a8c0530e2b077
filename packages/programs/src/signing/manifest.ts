/** The files of a model against the files that a statement lists. */
import { ok, type Result } from '@surety/core';
import { type HashName, type ModelFile, shardDigests, wholeDigest } from './digest.ts';
import { ALWAYS_IGNORED, isCanonicalPath, isIgnored } from './path.ts';
import { refused } from './problem.ts';
import { pathOf, type Resource, type Serialization, type Statement } from './statement.ts';

/** Names in messages: the first few of a list. */
const listed = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** That files are named as they may be, once each, and are no links unless links were followed. */
export const admitFiles = (
  files: readonly ModelFile[],
  allowSymlinks: boolean,
): Result<ReadonlyMap<string, ModelFile>> => {
  const byPath = new Map<string, ModelFile>();
  for (const file of files) {
    const field = `files.${file.path}`;
    const no = (what: string, next: string): Result<never> =>
      refused('model.file-refused', field, `${file.path} ${what}.`, next, { value: file.path });
    if (!isCanonicalPath(file.path))
      return no('is no plain path within the model', 'Name files relative to the model.');
    if (byPath.has(file.path)) return no('is given twice', 'Give each file once.');
    if (file.isSymlink === true && !allowSymlinks) return no('is a symbolic link', 'Put the file itself in its place.');
    byPath.set(file.path, file);
  }
  return ok(byPath);
};

/** The resources that a file comes to. */
const resourcesOf = (path: string, file: ModelFile, how: Serialization): Result<readonly Resource[]> => {
  if (how.shardBytes === null) {
    const digest = wholeDigest(file, how.hash);
    return digest.ok ? ok([{ name: path, digest: digest.value }]) : digest;
  }
  const shards = shardDigests(file, how.hash, how.shardBytes);
  if (!shards.ok) return shards;
  return ok(shards.value.map(({ start, end, digest }) => ({ name: `${path}:${start}:${end}`, digest })));
};

export type Compared = {
  /** Paths whose every byte is signed. */
  readonly signed: readonly string[];
  /** Paths that are there and not signed: the signer or the verifier left them out. */
  readonly leftOut: readonly string[];
};

export type CompareOptions = {
  /** Paths that the verifier leaves out too: the bundle's own file. */
  readonly ignorePaths?: readonly string[];
  /** What to do with files that nobody signed and nobody left out; `refuse` unless stated. */
  readonly unsignedFiles?: 'refuse' | 'report';
};

/** Sorts what is there into what must be signed and what was left out. */
const partition = (
  statement: Statement,
  files: ReadonlyMap<string, ModelFile>,
  options: CompareOptions,
): Result<{ readonly expected: ReadonlyMap<string, ModelFile>; readonly leftOut: readonly string[] }> => {
  const { method, ignorePaths } = statement.serialization;
  const named = new Set(statement.resources.map((resource) => pathOf(resource, method)));
  if (named.has('.')) {
    // A model of one file, from before such models named it.
    const [only] = files.values();
    return files.size === 1 && only !== undefined
      ? ok({ expected: new Map([['.', only]]), leftOut: [] })
      : refused('model.files-differ', 'files', 'One file was signed, whatever its name.', 'Give exactly that file.', {
          value: `${files.size} files`,
          limit: '1 file',
        });
  }
  const signerIgnores = new Set([...ALWAYS_IGNORED, ...ignorePaths]);
  const both = [...named].filter((path) => isIgnored(path, signerIgnores));
  if (both.length > 0) {
    const message = `The statement signs and leaves out ${listed(both)}.`;
    return refused('model.bundle-inconsistent', 'statement.predicate', message, 'Ask the signer to sign again.');
  }
  const ignores = new Set([...signerIgnores, ...(options.ignorePaths ?? [])]);
  const expected = new Map<string, ModelFile>();
  const leftOut: string[] = [];
  const extra: string[] = [];
  for (const [path, file] of files) {
    if (named.has(path)) expected.set(path, file);
    else if (isIgnored(path, ignores)) leftOut.push(path);
    // With shards an empty file comes to no resource, so nothing can list it.
    else if (isEmptyShards(file, statement.serialization)) leftOut.push(path);
    else if (options.unsignedFiles === 'report') leftOut.push(path);
    else extra.push(path);
  }
  if (extra.length === 0) return ok({ expected, leftOut });
  const message = `The model holds files that nobody signed: ${listed(extra)}.`;
  return refused('model.files-differ', 'files', message, 'Take them away, or get a signature over them.');
};

const isEmptyShards = ({ content }: ModelFile, { method }: Serialization): boolean =>
  method === 'shards' &&
  (content.kind === 'bytes' ? content.bytes.length === 0 : content.kind === 'shards' && content.sizeBytes === 0);

/** That the files are exactly those of the statement, each with its digest. */
export const compareFiles = (
  statement: Statement,
  files: readonly ModelFile[],
  options: CompareOptions = {},
): Result<Compared> => {
  const admitted = admitFiles(files, statement.serialization.allowSymlinks);
  if (!admitted.ok) return admitted;
  const parts = partition(statement, admitted.value, options);
  if (!parts.ok) return parts;
  const { expected, leftOut } = parts.value;
  const found = new Map<string, string>();
  for (const [path, file] of expected) {
    const resources = resourcesOf(path, file, statement.serialization);
    if (!resources.ok) return resources;
    for (const { name, digest } of resources.value) found.set(name, digest);
  }
  const { method, hash } = statement.serialization;
  const differ = (what: string, names: readonly string[]): Result<never> =>
    refused(
      'model.files-differ',
      `files.${names[0]}`,
      `${what}: ${listed(names)}.`,
      'Get the model again from its maker.',
    );
  const names = new Set(statement.resources.map((resource) => resource.name));
  const absent = statement.resources.filter(({ name }) => !found.has(name)).map(({ name }) => name);
  if (absent.length > 0) return differ('Signed and not there', absent);
  const added = [...found.keys()].filter((name) => !names.has(name));
  if (added.length > 0) return differ('There and not signed', added);
  const changed = statement.resources.filter(({ name, digest }) => found.get(name) !== digest).map(({ name }) => name);
  if (changed.length > 0) return differ(`The ${hash} digest is not the signed one`, changed);
  const signed = new Set(statement.resources.map((resource) => pathOf(resource, method)));
  return ok({ signed: signed.has('.') ? [...admitted.value.keys()] : [...signed], leftOut });
};

/** The resources of files that are about to be signed whole, and what is left out of them. */
export const resourcesToSign = (
  files: readonly ModelFile[],
  how: { readonly hash: HashName; readonly ignorePaths: readonly string[] },
): Result<readonly Resource[]> => {
  const admitted = admitFiles(files, false);
  if (!admitted.ok) return admitted;
  const ignored = new Set([...ALWAYS_IGNORED, ...how.ignorePaths]);
  const resources: Resource[] = [];
  for (const [path, file] of admitted.value) {
    if (isIgnored(path, ignored)) continue;
    const digest = wholeDigest(file, how.hash);
    if (!digest.ok) return digest;
    resources.push({ name: path, digest: digest.value });
  }
  if (resources.length > 0) return ok(resources);
  return refused('model.file-refused', 'files', 'No file is left to sign.', 'Give the files of the model.');
};
