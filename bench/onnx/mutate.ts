/** Ways to spoil a model: damage at random, and numbers where they hurt. */
import { concatBytes } from '../../packages/core/src/index.ts';
import { type ModelSpec, modelBytes } from '../../packages/programs/training/onnx-writer.ts';
import type { Random } from '../fuzz/random.ts';

/** Varints that lengths, sizes, indices and codes may become. */
const NUMBERS: readonly Uint8Array[] = [
  [0],
  [1],
  [0x7f],
  [0xff, 0x7f],
  [0xff, 0xff, 0xff, 0x07],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x80, 0x80, 0x80, 0x80, 0x10],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
].map((bytes) => Uint8Array.from(bytes));

const edit = (bytes: Uint8Array, random: Random): Uint8Array => {
  const at = random.below(bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  const length = 1 + random.below(24);
  switch (random.below(9)) {
    case 0:
    case 1:
    case 2: {
      const changed = bytes.slice();
      if (at < changed.length) changed[at]! ^= 1 << random.below(8);
      return changed;
    }
    // One byte becomes another number, of any length: what a length bomb is.
    case 3:
    case 4:
      return concatBytes(before, random.pick(NUMBERS), after.subarray(1));
    case 5:
      return concatBytes(before, after.subarray(length));
    case 6:
      return concatBytes(before, after.subarray(0, length), after);
    case 7: {
      const from = random.below(bytes.length + 1);
      return concatBytes(before, bytes.subarray(from, from + length), after.subarray(length));
    }
    default:
      return random.below(4) === 0 ? before : concatBytes(before, random.pick(NUMBERS), after);
  }
};

/** The model after one to four edits. */
export const mutateModel = (model: Uint8Array, random: Random): Uint8Array => {
  let bytes = model;
  for (let edits = 1 + random.below(4); edits > 0; edits--) bytes = edit(bytes, random);
  return bytes;
};

type Tree = number | string | readonly Tree[] | { readonly [key: string]: Tree };

const SIZES: readonly number[] = [
  -(2 ** 31),
  -1000,
  -2,
  -1,
  0,
  1,
  2,
  3,
  5,
  8,
  17,
  255,
  4096,
  65_537,
  2 ** 24,
  2 ** 31,
  2 ** 40,
];

const mutateTree = (tree: Tree, words: readonly string[], random: Random): Tree => {
  if (typeof tree === 'number') return random.pick(SIZES);
  if (typeof tree === 'string') return random.pick(words);
  if (Array.isArray(tree)) {
    const list = tree as readonly Tree[];
    if (list.length === 0) return list;
    const i = random.below(list.length);
    if (random.below(8) === 0) return list.toSpliced(i, 1);
    if (random.below(8) === 0) return list.toSpliced(i, 0, list[random.below(list.length)]!);
    return list.with(i, mutateTree(list[i]!, words, random));
  }
  const entries = Object.entries(tree);
  if (entries.length === 0) return tree;
  const [key, value] = random.pick(entries);
  return { ...tree, [key]: mutateTree(value, words, random) };
};

/**
 * A well-formed model that says something else: other sizes, names, operators, one more or one fewer of something.
 * @param words what texts may become: operators, names and attribute values
 */
export const mutateSpec = (spec: ModelSpec, words: readonly string[], random: Random): Uint8Array => {
  let tree = spec as unknown as Tree;
  for (let edits = 1 + random.below(3); edits > 0; edits--) tree = mutateTree(tree, words, random);
  return modelBytes(tree as unknown as ModelSpec);
};
