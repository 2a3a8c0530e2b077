/**
 * Which check stops which false proof: each is tried as the verifier is, and with that one check left out of its source. Refused
 * with it and accepted without it means that the check is needed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Figure } from '../figure.ts';
import type { Patch } from './patched.ts';

type Removal = {
  readonly check: string;
  readonly attack: string;
  /** What makes the prover a liar. */
  readonly lies?: readonly Patch[];
  /** What leaves the check out. */
  readonly without: readonly Patch[];
};

const patch = (file: string, from: string, to = ''): Patch => ({ file, from, to });

/** Rows that are in no table are counted nowhere. */
const UNCOUNTED = patch('lookup/multiplicities.ts', 'throw inNoTable(column, i, first, second);', 'continue;');

const FRACTIONS = patch(
  'lookup/verify.ts',
  "channel.zero(minus(both, value), 'fractions of the lookups do not add up');",
);
const FACTORS = patch(
  'relations/factors.ts',
  'zero(minus(value, checking.product(x, y ?? x)), wrong);',
  'checking.product(x, y ?? x);',
);
const COMBINATION = patch(
  'commit/check-combination.ts',
  'if (!equal(weighedValue(memory, row, claim), claim.value))',
  'if (false)',
);
const CODE_WORD = patch('commit/check-combination.ts', 'if (!right) throw', 'if (false) throw');
const ROOT = patch(
  'commit/check-columns.ts',
  'if (!found.every((byte, i) => byte === root[i])) throw',
  'if (false) throw',
);

/** The prover keeps what its last sumcheck ends in. */
const END = patch(
  'sumcheck/prove.ts',
  'return { point: challenges.reverse(), value };',
  'const point = challenges.reverse();\n globalThis.END = { point, value };\n return { point, value };',
);

/** The first coefficient of the combination makes it take the value that the sumcheck left. */
const BENT = patch(
  'commit/open.ts',
  'openCombination(channel, memory, stack, code, u, bound.point);',
  `const { value } = globalThis.END;
  const { point } = bound;
  let has = ZERO;
  const eqs = Array.from({ length: 2 ** point.length }, (_, i) =>
    point.reduce((product, r, j) => mul(product, (i >> j) % 2 === 1 ? r : SUB(ONE, r)), ONE));
  for (const [i, eq] of eqs.entries()) has = add(has, mul(memory.entry(u, i), eq));
  memory.setEntry(u, 0, add(memory.entry(u, 0), mul(SUB(value, has), INVERSE(eqs[0]))));
  openCombination(channel, memory, stack, code, u, bound.point);`,
);
const INVERSE = patch('commit/open.ts', 'import { add, ', 'import { inverse as INVERSE, sub as SUB, ONE, add, ');

/** The first count of the first table is committed to one larger than it is proved. */
const MISCOUNTED = [
  patch(
    'prove/opened.ts',
    'out.set(memory.words({ address: words.address + 4 * row * size, length: size }));',
    `{
      out.set(memory.words({ address: words.address + 4 * row * size, length: size }));
      const at = globalThis.COUNTS.offset - row * size;
      if (at >= 0 && at < size) out[at]++;
    }`,
  ),
  patch(
    'prove/prove.ts',
    'const tables = lookupTables(plan);',
    'const tables = lookupTables(plan);\n globalThis.COUNTS = tables[0].multiplicity;',
  ),
];

/** The last product sent is what makes its check come out. */
const FALSE_PRODUCT = [
  END,
  patch(
    'relations/factors.ts',
    'channel.product(a.value, b.value);',
    'globalThis.LIES = true;\n channel.product(a.value, b.value);\n globalThis.LIES = false;',
  ),
  patch(
    'channel/hidden.ts',
    'const c = mul(a, b);',
    'const c = globalThis.LIES ? globalThis.END.value : mul(a, b);\n (globalThis.PRODUCTS ??= []).push(c);',
  ),
];

/** And the first factor shown is what makes the products come out at the challenge. */
const FALSE_FACTOR = [
  patch(
    'channel/hidden.ts',
    'this.send(openValues(a, b));',
    'const open = openValues(a, b);\n this.send(open);\n const [first, ...rest] = open;\n const all = [first, ...globalThis.PRODUCTS, ...rest];',
  ),
  patch(
    'channel/hidden.ts',
    'const coefficients = lagrange(this.factors.length, this.challenge(), inverse);',
    'const tau = this.challenge();\n const coefficients = lagrange(this.factors.length, tau, inverse);',
  ),
  patch(
    'channel/hidden.ts',
    'this.publish(extBytes([at(a), at(b)]));',
    `const wide = lagrange(2 * this.factors.length, tau, inverse);
    const h = all.reduce((total, value, i) => add(total, mul(value, wide[i])), ZERO);
    this.publish(extBytes([mul(h, inverse(at(b))), at(b)]));`,
  ),
];

const REMOVALS: readonly Removal[] = [
  {
    check: 'a product of open factors is that of the factors',
    attack: 'product of another input',
    without: [
      patch(
        'relations/factors.ts',
        'zero(minus(value, checking.known(arithmetic.mul(openPart(a), openPart(b)))), wrong);',
      ),
    ],
  },
  {
    check: 'a public value is the one claimed',
    attack: 'lookup of another input',
    without: [patch('verify/side.ts', 'open: (id, { point, value }) =>', 'open: (id, { point, value }) => false &&')],
  },
  {
    check: 'a row is that of its index',
    attack: 'row of another index',
    without: [patch('route/route.ts', "if (derived.of === 'key')", 'if (false)')],
  },
  {
    check: 'a hidden index is of the largest, and of the first of those',
    attack: 'index of the second of the largest',
    lies: [UNCOUNTED],
    without: [FRACTIONS],
  },
  {
    check: 'a hidden index is in its row',
    attack: 'index that is in no row',
    lies: [
      UNCOUNTED,
      // Nothing of such a row is chosen: its largest may be anything.
      patch('relations/chosen.ts', 'values[row * size + index]!);', 'values[row * size + index] ?? 9);'),
    ],
    without: [patch('relations/chosen.ts', 'from: 0 - last,', 'from: -1 - last,')],
  },
  {
    check: 'a hidden index is what elements are before of',
    attack: 'index of the second of the largest',
    // All but the index itself is of the first.
    lies: [
      patch(
        'witness/witness.ts',
        'chosenOf(operand, indices, top);',
        'chosenOf(operand, { ...indices, values: indices.values.map(() => 1) }, top);',
      ),
    ],
    without: [
      patch(
        'relations/relation.ts',
        'yield* checkSum(checking, offsets(checking.context, node, point), offset);',
        '[];',
      ),
      patch(
        'relations/relation.ts',
        'yield* proveSum(channel, context, offsets(context, node, point), offset);',
        '[];',
      ),
    ],
  },
  {
    check: 'indices that are read are those shown',
    attack: 'other indices read',
    without: [patch('route/route.ts', 'this.side.shown(', '((...all: unknown[]) => all)(')],
  },
  {
    check: 'a value is what public values make it',
    attack: 'sum of another input',
    without: [patch('relations/linear.ts', "zero(rest, 'a value is not what public values make it');")],
  },
  { check: 'a product is that of hidden factors', attack: 'wrong product of hidden factors', without: [FACTORS] },
  { check: 'the same under pads', attack: 'wrong product under pads', without: [FACTORS] },
  {
    check: 'products under pads are products',
    attack: 'wrong product under pads',
    lies: FALSE_PRODUCT,
    without: [
      patch(
        'channel/hidden.ts',
        'this.statements.push(minus(formAt(all, lagrange(2 * m, tau, inverse)), known(mul(shownA, shownB))));',
      ),
    ],
  },
  {
    check: 'the factors shown are those of the products',
    attack: 'wrong product under pads',
    lies: [...FALSE_PRODUCT, ...FALSE_FACTOR],
    without: [patch('channel/hidden.ts', 'this.statements.push(minus(formAt(a, factors), known(shownA)));')],
  },
  {
    check: 'a value is the sum of its parts',
    attack: 'parts that make another sum',
    lies: [patch('relations/linear.ts', 'if (i === parts.length - 1) return mul(rest, inverse(part.coefficient));')],
    without: [patch('relations/linear.ts', "zero(minus(rest, sum), 'a value is not the sum of its parts');")],
  },
  {
    check: 'sumchecks that were joined end in what they are said to',
    attack: 'wrong product of hidden factors',
    // Each is said to end in what its vectors do.
    lies: [
      patch(
        'sumcheck/joint.ts',
        'channel.send(values);\n  const point',
        `const bound = challenges.toReversed();
        globalThis.ENDS = sums.map(({ variables, end }) => end(bound.slice(0, variables)));
        channel.send(globalThis.ENDS.map(({ a, b }) => mul(a, b)));
        const point`,
      ),
      patch('relations/product.ts', 'rounds.map(({ end }, n) => end(ended[n]!.point));', 'globalThis.ENDS;'),
    ],
    without: [
      patch(
        'sumcheck/joint.ts',
        "channel.zero(minus(value, combined(ended)), 'sums that were joined do not end in what they are said to');",
      ),
    ],
  },
  {
    check: 'what is stated of values that are not sent is opened',
    attack: 'parts that make another sum',
    lies: [patch('commit/open.ts', 'const statements = (hidden ?? left)?.statements ?? [];', 'const statements = [];')],
    without: [
      patch('commit/check.ts', 'const statements = (hidden ?? left)?.statements ?? [];', 'const statements = [];'),
    ],
  },
  {
    check: 'fractions of the lookups add up (a value)',
    attack: 'value in no table',
    lies: [UNCOUNTED],
    without: [FRACTIONS],
  },
  {
    check: 'fractions of the lookups add up (an index)',
    attack: 'another index of the largest',
    lies: [UNCOUNTED],
    without: [FRACTIONS],
  },
  {
    check: 'counts of lookups are those of the tree',
    attack: 'lookup counted once more',
    lies: MISCOUNTED,
    without: [
      patch('lookup/verify.ts', "channel.zero(minus(claim.p, p), 'counts of lookups are not those of the tree');"),
    ],
  },
  {
    check: 'a quotient is what its parts make it',
    attack: 'quotient put together wrongly',
    lies: [
      patch(
        'witness/words.ts',
        '(clip(p >> k) << k) + (p & ((1 << k) - 1))',
        '(clip(p >> k) << k) + (p & ((1 << k) - 1)) + (p === globalThis.FIRST ? 1 : 0)',
      ),
      patch(
        'witness/words.ts',
        'const of = PARTS[part];',
        'const of = PARTS[part];\n globalThis.FIRST = (z(0, 0) >> shifts[0]) - base;',
      ),
    ],
    without: [
      patch(
        'route/route.ts',
        "this.side.zero(this.side.combined(rejoined), 'a quotient is not what its parts make it');",
      ),
    ],
  },
  {
    check: 'a difference is what its parts make it',
    attack: 'largest of parts put together wrongly',
    // The difference is negative: with 1 kept though it is, its relu is 1.
    lies: [
      patch('plan/differences.ts', 'return (d) => (d < 0 ? 0 : d & mask);', 'return () => 1;'),
      patch('plan/differences.ts', 'return (d) => (d & mask) - (d < 0 ? mask + 1 : 0);', 'return () => 1;'),
      patch('relations/maxima.ts', 'relu[place * pairs + n] = Math.max(over, 0);', 'relu[place * pairs + n] = 1;'),
    ],
    without: [patch('route/route.ts', "this.side.zero(rejoined, 'a difference is not what its parts make it');")],
  },
  {
    check: 'the relus are what the parts of differences make them',
    attack: 'largest of parts put together wrongly',
    lies: [
      patch('relations/maxima.ts', 'relu[place * pairs + n] = Math.max(over, 0);', 'relu[place * pairs + n] = 1;'),
    ],
    without: [
      patch(
        'route/route.ts',
        'this.opened.push({ place: this.plan.values.get(this.plan.relus',
        '(() => 0)({ place: this.plan.values.get(this.plan.relus',
      ),
    ],
  },
  {
    check: 'a hidden input is looked up in its range',
    attack: 'hidden input out of its range',
    lies: [UNCOUNTED],
    without: [
      patch('plan/input-columns.ts', "columns.push(columnOf(id, shape, [planner.tag(spec)], [{ of: 'value', id }]));"),
    ],
  },
  {
    check: 'the combined row has the value claimed',
    attack: 'value that is not the one committed to',
    without: [COMBINATION],
  },
  {
    check: 'opened columns agree with the combined row',
    attack: 'value that is not the one committed to',
    lies: [END, BENT, INVERSE],
    without: [CODE_WORD],
  },
  {
    check: 'opened columns are those committed to',
    attack: 'other weights under the root',
    without: [ROOT],
  },
  {
    check: 'a witness that hides nothing has the value sampled',
    attack: 'false sample of a witness',
    // The prover opens all but that one.
    lies: [
      patch(
        'prove/sample.ts',
        'channel.send([value]);',
        'channel.send([[value[0] ^ 1, value[1], value[2], value[3]]]);',
      ),
      patch(
        'prove/sample.ts',
        'return { claims: [{ place, point, value }], folds: new Map([[0, fold]]) };',
        'return { claims: [], folds: new Map() };',
      ),
      patch('prove/opened.ts', '...hearSample(heard, layout),', '...(hearSample(heard, layout), []),'),
    ],
    without: [patch('verify/sample.ts', 'return [{ place, point, value: value! }];', 'return [];')],
  },
  {
    check: 'a level is held against the columns before it',
    attack: 'level that commits to another row',
    lies: [
      patch(
        'commit/combination.ts',
        'addPlaces(memory, joint, { factors: places.map((place) => factorsAt(codeVars, place, vars)), weights: others });',
      ),
    ],
    without: [
      patch(
        'commit/check-combination.ts',
        'others.reduce((sum, own, k) =>',
        'others.slice(others.length).reduce((sum, own, k) =>',
      ),
      patch('commit/check-combination.ts', '{ factors, weights: others },'),
    ],
  },
  { check: 'a row behind levels has the value claimed', attack: 'another value behind levels', without: [COMBINATION] },
  { check: 'columns of a level agree with the row left', attack: 'level that is no code word', without: [CODE_WORD] },
  { check: 'columns of a level are those committed to', attack: 'level under another root', without: [ROOT] },
  {
    check: 'parts of a hidden constant make it up',
    attack: 'other weights in parts',
    without: [
      patch(
        'route/route.ts',
        'this.side.zero(\n      this.side.combined([...values.map',
        '((...all: unknown[]) => all)(\n      this.side.combined([...values.map',
      ),
    ],
  },
  {
    check: 'nothing lies behind a hidden constant',
    attack: 'value behind a hidden constant',
    without: [patch('route/route.ts', "if (content.of === 'strip') this.claimPadding(place, content);")],
  },
  {
    check: 'what is declared is not believed',
    attack: 'clamp declared away',
    lies: [UNCOUNTED],
    without: [patch('plan/ties.ts', ' && believed && ', ' && ')],
  },
  {
    check: 'sums are exact by what tables hold',
    attack: 'sum that differs by p',
    lies: [UNCOUNTED],
    without: [patch('plan/stages.ts', '2 ** most(shifts) * Math.max(', '0 * Math.max(')],
  },
  {
    check: 'hidden constants are looked up in their types',
    attack: 'weight that is no i8',
    lies: [UNCOUNTED],
    without: [patch('constants/range.ts', 'NARROW.flatMap(', '([] as typeof NARROW).flatMap(')],
  },
  {
    check: 'all rows of hidden constants are claimed at a random point',
    attack: 'rows of i32 that are no code words',
    without: [
      patch('constants/range.ts', '= [{ place, point, value: value! }];', '= [];'),
      patch('constants/prove-range.ts', '= [{ place, point, value }];', '= [];'),
    ],
  },
  {
    check: 'a renewal claims both commitments',
    attack: 'renewal of other weights',
    without: [patch('constants/renewal.ts', '[0, 1].map((matrix)', '[0].map((matrix)')],
  },
  {
    check: 'sums over a hidden constant are taken to a random point',
    attack: 'rows that add up to a code word',
    without: [patch('route/route.ts', 'this.plan.averaged.has(id) ?', 'false ?')],
  },
  {
    check: 'an output is of its dtype',
    attack: 'output that differs by p',
    without: [patch('file/file.ts', 'if (range.low < limit.low || range.high > limit.high) {', 'if (false) {')],
  },
  {
    check: 'the statement is absorbed',
    attack: 'replay under another id',
    without: [
      patch('verify/verify.ts', 'transcript.absorb(statementBytes(plan, statement));'),
      patch('prove/prove.ts', 'transcript.absorb(stated);'),
    ],
  },
  {
    check: 'nothing follows the proof',
    attack: 'bytes behind the proof',
    without: [patch('channel/open.ts', 'if (this.at !== this.proof.length)', 'if (false)')],
  },
];

/** What the verifier says of an attack. */
const tried = (attack: string, patches: readonly Patch[]): string => {
  const script = join(import.meta.dirname, 'attacks.ts');
  const hook = join(import.meta.dirname, 'patched.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', hook, script, attack], {
    encoding: 'utf8',
    env: { ...process.env, SURETY_PATCHES: JSON.stringify(patches) },
  });
  if (status !== 0) process.stderr.write(`soundness: ${attack}: ${stderr}\n`);
  return status === 0 ? stdout : 'failed';
};

export const removals = async (): Promise<Figure[]> =>
  REMOVALS.map(({ check, attack, lies = [], without }): Figure => {
    const stopped = tried(attack, lies);
    const passed = tried(attack, [...lies, ...without]);
    const needed = stopped !== 'accepted' && stopped !== 'failed' && passed === 'accepted';
    process.stderr.write(`soundness: ${check}: with it "${stopped}", without it "${passed}"\n`);
    return {
      name: `needed: ${check}`,
      value: needed ? 1 : 0,
      unit: 'attacks that it alone stops',
      goal: '= 1',
      holds: needed,
      peer: attack,
    };
  });
