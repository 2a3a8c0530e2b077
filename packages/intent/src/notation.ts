/**
 * The notation in which the grammar is written, and its matcher.
 *
 * ```text
 * pattern = alternative *( "|" alternative )
 * atom    = NAME / "(" pattern ")"          ; NAME is a class of the lexicon, or SITE, ADDRESS, WORD,
 *                                         ; NAME (a word that is captured as the claimed name)
 * suffix  = "?" (optional) / "*" (any number, at most 12)
 * ```
 */
import { SuretyError } from '@surety/core';
import type { Token } from './tokens.ts';

type Node =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly kind: 'choice'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly max: number };

/** Phrases of a class, each split into words. */
export type Lexicon = { readonly [name: string]: readonly (readonly string[])[] };

/** Tokens by the class that consumed them. */
export type Captures = { readonly [name: string]: readonly Token[] };

export type Pattern = { readonly match: (tokens: readonly Token[]) => Captures | null };

const REPEATS = 12;
/** Far above what any 80-token question needs; stops hostile input. */
const MAX_STEPS = 20_000;
const TERMINALS: { readonly [name: string]: Token['kind'] } = {
  SITE: 'site',
  ADDRESS: 'address',
  WORD: 'word',
  NAME: 'word',
};

const bug = (message: string): SuretyError =>
  new SuretyError({ code: 'internal', message, next: 'Fix the grammar table.' });

const parse = (source: string, lexicon: Lexicon): Node => {
  const words = source.match(/[A-Za-z]+|[()|?*]/g) ?? [];
  let at = 0;
  const choice = (): Node => {
    const nodes = [sequence()];
    while (words[at] === '|') {
      at += 1;
      nodes.push(sequence());
    }
    return nodes.length === 1 ? nodes[0]! : { kind: 'choice', nodes };
  };
  const sequence = (): Node => {
    const nodes: Node[] = [];
    while (at < words.length && words[at] !== '|' && words[at] !== ')') nodes.push(suffixed());
    return { kind: 'sequence', nodes };
  };
  const suffixed = (): Node => {
    const node = atom();
    const suffix = words[at];
    if (suffix !== '?' && suffix !== '*') return node;
    at += 1;
    return { kind: 'repeat', node, max: suffix === '?' ? 1 : REPEATS };
  };
  const atom = (): Node => {
    const name = words[at++]!;
    if (name === '(') {
      const inner = choice();
      if (words[at++] !== ')') throw bug(`Unclosed group in "${source}".`);
      return inner;
    }
    if (!(name in lexicon) && !(name in TERMINALS)) throw bug(`Unknown class "${name}" in "${source}".`);
    return { kind: 'name', name };
  };
  const root = choice();
  if (at < words.length) throw bug(`Trailing "${words[at]}" in "${source}".`);
  return root;
};

type Continue = (at: number, captured: readonly (readonly [string, Token])[]) => boolean;

/** Compiles a pattern; it matches only whole token lists. */
export const compile = (source: string, lexicon: Lexicon): Pattern => {
  const root = parse(source, lexicon);
  return {
    match: (tokens) => {
      let steps = 0;
      let result: readonly (readonly [string, Token])[] | null = null;
      const visit = (
        node: Node,
        at: number,
        captured: readonly (readonly [string, Token])[],
        next: Continue,
      ): boolean => {
        if (++steps > MAX_STEPS) return false;
        if (node.kind === 'sequence') return sequence(node.nodes, 0, at, captured, next);
        if (node.kind === 'choice') return node.nodes.some((each) => visit(each, at, captured, next));
        if (node.kind === 'repeat') return repeat(node, node.max, at, captured, next);
        return name(node.name, at, captured, next);
      };
      const sequence = (
        nodes: readonly Node[],
        index: number,
        at: number,
        captured: readonly (readonly [string, Token])[],
        next: Continue,
      ): boolean => {
        const node = nodes[index];
        return node === undefined
          ? next(at, captured)
          : visit(node, at, captured, (end, more) => sequence(nodes, index + 1, end, more, next));
      };
      /** As few as will do, so that a wildcard never swallows what a later class wants. */
      const repeat = (
        node: Extract<Node, { kind: 'repeat' }>,
        left: number,
        at: number,
        captured: readonly (readonly [string, Token])[],
        next: Continue,
      ): boolean =>
        next(at, captured) ||
        (left > 0 &&
          visit(node.node, at, captured, (end, more) => end > at && repeat(node, left - 1, end, more, next)));
      const name = (
        id: string,
        at: number,
        captured: readonly (readonly [string, Token])[],
        next: Continue,
      ): boolean => {
        const kind = TERMINALS[id];
        const token = tokens[at];
        if (kind !== undefined) return token?.kind === kind && next(at + 1, [...captured, [id, token]]);
        return lexicon[id]!.some((phrase) => {
          if (!phrase.every((word, i) => tokens[at + i]?.key === word)) return false;
          const taken = tokens.slice(at, at + phrase.length).map((each) => [id, each] as const);
          return next(at + phrase.length, [...captured, ...taken]);
        });
      };
      const found = visit(root, 0, [], (at, captured) => {
        if (at !== tokens.length) return false;
        result = captured;
        return true;
      });
      return found ? group(result ?? []) : null;
    },
  };
};

const group = (pairs: readonly (readonly [string, Token])[]): Captures => {
  const out: { [name: string]: Token[] } = {};
  for (const [name, token] of pairs) {
    const list = out[name] ?? [];
    out[name] = list;
    list.push(token);
  }
  return out;
};
