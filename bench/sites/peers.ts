/** What the models are compared with: the published list, its fuzzy rule, and plain n-grams. */
import { createRequire } from 'node:module';
import { hostParts } from '../../packages/analysts/src/pure.ts';
import { type Example, example } from '../../packages/analysts/training/example.ts';
import { fitLinear, floatLogit, rowsOf } from '../../packages/analysts/training/linear.ts';

type Detector = new (config: object) => { check: (domain: string) => { result: boolean; type: string } };

/** The detector of `eth-phishing-detect` itself, with or without its fuzzy rule; the allow list is as published. */
export const publishedDetector = (fuzzy: boolean): ((host: string) => boolean) => {
  const require = createRequire(import.meta.url);
  const config = require('eth-phishing-detect/src/config.json') as object;
  const Published = require('eth-phishing-detect/src/detector') as Detector;
  const detector = new Published(fuzzy ? config : { ...config, tolerance: 0, fuzzylist: [] });
  return (host) => detector.check(host).result;
};

/** Share of the package's own allow list that its fuzzy rule flags once that list is taken away. */
export const fuzzyRuleOnItsAllowList = (): number => {
  const require = createRequire(import.meta.url);
  const config = require('eth-phishing-detect/src/config.json') as { readonly whitelist: readonly string[] };
  const Published = require('eth-phishing-detect/src/detector') as Detector;
  const detector = new Published({ ...config, whitelist: [] });
  return config.whitelist.filter((host) => detector.check(host).type === 'fuzzy').length / config.whitelist.length;
};

/** Hashed character n-grams and logistic regression, nothing else: the plain model everybody starts from. */
export const plainNgrams = (scams: readonly string[], legitimate: readonly string[]): ((host: string) => number) => {
  const hashing = { view: 'plain', bits: 18, salt: 0 } as const;
  const weight = scams.length / legitimate.length / 5;
  const examples: Example[] = [
    ...scams.map((h) => example(h, true)),
    ...legitimate.map((h) => example(h, false, weight)),
  ];
  const rows = rowsOf(examples, hashing);
  const all = Uint32Array.from(examples, (_, i) => i);
  const model = fitLinear(rows, examples, all, hashing.bits, { epochs: 3, learningRate: 0.3, l2: 1e-6, seed: 1 });
  return (host) => floatLogit(model, rowsOf([{ parts: hostParts(host), scam: false, weight: 1, fold: 0 }], hashing), 0);
};
