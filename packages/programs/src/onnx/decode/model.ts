/** The ONNX messages that a program is made from: model, graph, nodes, attributes and types; all else is skipped. */

import { type ByteSource, bytesOf, type Slice, wholeOf } from '../../source.ts';
import { malformed, tooLarge, unsupported } from '../problems.ts';
import type { ExternalReader } from './external.ts';
import { decodeTensor, type OnnxTensor } from './tensor.ts';
import { nameOfCode, type OnnxType, typeOfCode } from './types.ts';
import { type Field, fields, integer, message, text, varints } from './wire.ts';

export type Attribute =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  | { readonly kind: 'floats' | 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  /** Graphs within graphs, types, sparse tensors and references: nothing that a program has. */
  | { readonly kind: 'other' };

export type OnnxNode = {
  readonly operator: string;
  readonly domain: string;
  /** Its own name, or one made of its operator and outputs. */
  readonly label: string;
  /** Empty names stand for absent inputs and outputs. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
};

export type Port = {
  readonly name: string;
  /** `null` where it is no tensor of numbers, or not stated. */
  readonly type: OnnxType | null;
  /** What it is in words, for messages. */
  readonly typeName: string;
  /** Numbers, names of symbolic dimensions, or `null` for unknown ones; `null` as a whole where the rank is unknown. */
  readonly shape: readonly (number | string | null)[] | null;
};

export type OnnxModel = {
  readonly irVersion: number;
  /** Version of each operator set by domain; the standard one is ''. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Operators that the model defines itself, as `domain:name`. */
  readonly functions: readonly string[];
};

export const MODEL_LIMITS = {
  nodes: 65_536,
  tensors: 65_536,
  portsOfNode: 4_096,
  attributesOfNode: 256,
  attributeNumbers: 1_048_576,
  nameBytes: 4_096,
  textBytes: 65_536,
  irVersion: { low: 3, high: 13 },
} as const;

const { nameBytes } = MODEL_LIMITS;

const float = (field: Field, where: string): number => {
  if (field.kind !== 'fixed' || field.slice.length !== 4) throw malformed(where, `${where} has no float.`);
  const bytes = bytesOf(field.slice);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
};

const floats = (field: Field, where: string): number[] => {
  if (field.kind !== 'bytes') return [float(field, where)];
  const bytes = bytesOf(field.slice);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length % 4 !== 0) throw malformed(where, `${where} has a cut list of floats.`, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
};

const KINDS: Readonly<Record<number, Attribute['kind']>> = {
  1: 'float',
  2: 'int',
  3: 'string',
  4: 'tensor',
  6: 'floats',
  7: 'ints',
  8: 'strings',
};

const attribute = (slice: Slice, where: string, open: ExternalReader | undefined): [string, Attribute] => {
  let name = '';
  let kind: Attribute['kind'] = 'other';
  let single: Attribute | null = null;
  const lists = { floats: [] as number[], ints: [] as number[], strings: [] as string[] };
  for (const field of fields(slice, where)) {
    const { number } = field;
    if (number === 1) name = text(field, where, nameBytes);
    else if (number === 2) single = { kind: 'float', value: float(field, where) };
    else if (number === 3 && field.kind === 'varint') single = { kind: 'int', value: Number(field.value) };
    else if (number === 4) single = { kind: 'string', value: text(field, where, MODEL_LIMITS.textBytes) };
    else if (number === 5) single = { kind: 'tensor', value: decodeTensor(message(field, where), where, open) };
    else if (number === 7) lists.floats.push(...floats(field, where));
    else if (number === 8)
      for (const value of varints(field, where, MODEL_LIMITS.attributeNumbers)) lists.ints.push(Number(value));
    else if (number === 9) lists.strings.push(text(field, where, MODEL_LIMITS.textBytes));
    else if (number === 20) kind = KINDS[integer(field, where)] ?? 'other';
    else if (number === 21)
      throw unsupported(where, `${where} refers to an attribute of a function.`, 'Inline functions before the import.');
    if (lists.ints.length + lists.floats.length + lists.strings.length > MODEL_LIMITS.attributeNumbers) {
      throw tooLarge(where, `${where} has too long a list.`, name, `${MODEL_LIMITS.attributeNumbers} numbers`);
    }
  }
  if (kind === 'floats' || kind === 'ints') return [name, { kind, value: lists[kind] }];
  if (kind === 'strings') return [name, { kind, value: lists.strings }];
  if (kind === 'other') return [name, { kind }];
  if (single === null) {
    // Proto3 leaves zeros and empty texts out.
    if (kind === 'int' || kind === 'float') return [name, { kind, value: 0 }];
    if (kind === 'string') return [name, { kind, value: '' }];
  }
  if (single?.kind !== kind)
    throw malformed(where, `${where} has an attribute ${name} of another kind than it states.`, kind);
  return [name, single];
};

const node = (slice: Slice, index: number, open: ExternalReader | undefined): OnnxNode => {
  const place = `node ${index}`;
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  const attributeSlices: Slice[] = [];
  let [operator, domain, name] = ['', '', ''];
  for (const field of fields(slice, place)) {
    if (field.number === 1) inputs.push(text(field, place, nameBytes));
    else if (field.number === 2) outputs.push(text(field, place, nameBytes));
    else if (field.number === 3) name = text(field, place, nameBytes);
    else if (field.number === 4) operator = text(field, place, nameBytes);
    else if (field.number === 5) attributeSlices.push(message(field, place));
    else if (field.number === 7) domain = text(field, place, nameBytes);
    const { portsOfNode, attributesOfNode } = MODEL_LIMITS;
    if (inputs.length + outputs.length > portsOfNode) {
      throw tooLarge(place, `${place} has too many inputs and outputs.`, name, `${portsOfNode}`);
    }
    if (attributeSlices.length > attributesOfNode) {
      throw tooLarge(place, `${place} has too many attributes.`, name, `${attributesOfNode} attributes`);
    }
  }
  const label = name !== '' ? name : `${operator} (${outputs.filter(Boolean).join(', ')})`;
  for (const part of attributeSlices) {
    const [key, value] = attribute(part, `node ${label}`, open);
    if (attributes.has(key)) throw malformed(`node ${label}`, `node ${label} has two attributes ${key}.`, key);
    attributes.set(key, value);
  }
  return { operator, domain: domain === 'ai.onnx' ? '' : domain, label, inputs, outputs, attributes };
};

const dimension = (slice: Slice, where: string): number | string | null => {
  let size: number | string | null = null;
  for (const field of fields(slice, where)) {
    if (field.number === 1) size = integer(field, where);
    else if (field.number === 2) size = text(field, where, nameBytes);
  }
  if (typeof size === 'number' && size < 0) throw malformed(where, `${where} has a dimension of ${size}.`, size);
  return size === '' ? null : size;
};

const KIND_NAMES: Readonly<Record<number, string>> = { 4: 'sequence', 5: 'map', 8: 'sparse tensor', 9: 'optional' };

const port = (slice: Slice, place: string): Port => {
  let [name, typeName] = ['', 'something of no stated type'];
  let type: OnnxType | null = null;
  let shape: (number | string | null)[] | null = null;
  for (const field of fields(slice, place)) {
    if (field.number === 1) name = text(field, place, nameBytes);
    if (field.number !== 2) continue;
    for (const kind of fields(message(field, place), place)) {
      if (kind.number !== 1) {
        typeName = KIND_NAMES[kind.number] ?? typeName;
        continue;
      }
      for (const part of fields(message(kind, place), place)) {
        if (part.number === 1) {
          const code = integer(part, place);
          type = typeOfCode(code);
          typeName = nameOfCode(code);
        } else if (part.number === 2) {
          shape = [];
          for (const size of fields(message(part, place), place)) {
            if (size.number === 1) shape.push(dimension(message(size, place), `${place} ${name}`));
            if (shape.length > 64) throw tooLarge(place, `${place} ${name} has too many dimensions.`, name, '64');
          }
        }
      }
    }
  }
  return { name, type, typeName, shape };
};

const opset = (slice: Slice): [string, number] => {
  let domain = '';
  let version = 0;
  for (const field of fields(slice, 'opset_import')) {
    if (field.number === 1) domain = text(field, 'opset_import', nameBytes);
    else if (field.number === 2) version = integer(field, 'opset_import');
  }
  return [domain === 'ai.onnx' ? '' : domain, version];
};

const functionName = (slice: Slice): string => {
  let [domain, name] = ['', ''];
  for (const field of fields(slice, 'function')) {
    if (field.number === 1) name = text(field, 'function', nameBytes);
    else if (field.number === 10) domain = text(field, 'function', nameBytes);
  }
  return `${domain}:${name}`;
};

/**
 * A model's messages, its weights left where they are.
 * @throws {SuretyError} `model.malformed`, `model.unsupported` or `model.too-large`
 */
export const decodeModel = (source: ByteSource, open?: ExternalReader): OnnxModel => {
  const opsets = new Map<string, number>();
  const functions: string[] = [];
  let irVersion = 0;
  let graph: Slice | null = null;
  for (const field of fields(wholeOf(source), 'model')) {
    if (field.number === 1) irVersion = integer(field, 'ir_version');
    else if (field.number === 7) {
      if (graph !== null) throw malformed('graph', 'The model has two graphs.');
      graph = message(field, 'graph');
    } else if (field.number === 8) opsets.set(...opset(message(field, 'opset_import')));
    else if (field.number === 25) functions.push(functionName(message(field, 'function')));
    if (opsets.size > 256 || functions.length > MODEL_LIMITS.nodes) {
      throw tooLarge('model', 'The model names too many operator sets or functions.', opsets.size, '256');
    }
  }
  if (graph === null) throw malformed('graph', 'The model has no graph.');
  const { low, high } = MODEL_LIMITS.irVersion;
  if (irVersion < low || irVersion > high) {
    const range = `${low} .. ${high}`;
    throw unsupported(
      'ir_version',
      `The model is of ONNX format version ${irVersion}.`,
      `Export it with ${range}.`,
      irVersion,
    );
  }
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: Port[] = [];
  const outputs: Port[] = [];
  for (const field of fields(graph, 'graph')) {
    if (field.number === 1) nodes.push(node(message(field, 'node'), nodes.length, open));
    else if (field.number === 5) {
      initializers.push(decodeTensor(message(field, 'initializer'), `initializer ${initializers.length}`, open));
    } else if (field.number === 11) inputs.push(port(message(field, 'input'), 'input'));
    else if (field.number === 12) outputs.push(port(message(field, 'output'), 'output'));
    else if (field.number === 15)
      throw unsupported('sparse_initializer', 'The model has sparse weights.', 'Store them densely.');
    const tensors = initializers.length + inputs.length + outputs.length;
    if (nodes.length > MODEL_LIMITS.nodes || tensors > MODEL_LIMITS.tensors) {
      const limit = `${MODEL_LIMITS.nodes} nodes, ${MODEL_LIMITS.tensors} weights, inputs and outputs`;
      throw tooLarge('graph', 'The model has too many nodes or tensors.', [nodes.length, tensors], limit);
    }
  }
  return { irVersion, opsets, nodes, initializers, inputs, outputs, functions };
};
