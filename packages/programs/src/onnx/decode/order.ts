/** Names of a graph: each value has one, is made once, and before it is used. */
import { malformed } from '../problems.ts';
import type { OnnxModel } from './model.ts';

/** @throws {SuretyError} `model.malformed` on a name made twice, a cycle, or a value that nothing makes */
export const checkOrder = ({ nodes, initializers, inputs, outputs }: OnnxModel): void => {
  const made = new Set<string>();
  const make = (name: string, where: string): void => {
    if (made.has(name)) throw malformed(where, `${where} makes ${name}, which exists already.`, name);
    made.add(name);
  };
  const weights = new Set<string>();
  for (const { name } of initializers) {
    if (name === '' || weights.has(name)) throw malformed('initializer', `Two weights are named "${name}".`, name);
    weights.add(name);
  }
  for (const { name } of inputs) {
    if (name === '') throw malformed('input', 'An input has no name.');
    make(name, 'graph');
  }
  for (const name of weights) made.add(name);
  const later = new Set(nodes.flatMap((node) => node.outputs));
  for (const { label, operator, inputs: read, outputs: written } of nodes) {
    const where = `node ${label} (${operator})`;
    for (const name of read) {
      if (name === '' || made.has(name)) continue;
      const why = later.has(name) ? 'is made only later: the graph has a cycle or is out of order' : 'nothing makes';
      throw malformed(where, `${where} reads ${name}, which ${why}.`, name);
    }
    for (const name of written) if (name !== '') make(name, where);
  }
  const named = new Set<string>();
  for (const { name } of outputs) {
    if (!made.has(name)) throw malformed('output', `Nothing makes the output ${name}.`, name);
    if (named.has(name)) throw malformed('output', `Two outputs are named ${name}.`, name);
    named.add(name);
  }
};
