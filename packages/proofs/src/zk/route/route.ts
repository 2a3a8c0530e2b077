/**
 * Passes claims from the outputs and the lookups down to what is committed to: the same steps on both sides, so that both
 * draw the same challenges. Values are taken last to first; a value with a block leaves its claims to the opening, one
 * without passes them on to its operands. Where sumchecks are joined, relations wait for one another only where one may leave a claim
 * that another settles; all that have come as far as a sumcheck go on together.
 */
import { operandsOf, type Shape, type ValueId } from '@surety/programs';
import { type Claim, DERIVED, type Place } from '../commit/place.ts';
import type { Arithmetic } from '../field/arithmetic.ts';
import { isConstant, isInput, nodeOf } from '../graph/graph.ts';
import type { Content, Strip } from '../plan/blocks.ts';
import type { Wide, WidePlaces } from '../plan/differences.ts';
import { isLean, type ProofPlan, stagedTie } from '../plan/plan.ts';
import { splitOf } from '../plan/stages.ts';
import type { Chosen, Tie } from '../plan/ties.ts';
import { ENDS, limbBits } from '../plan/wide.ts';
import { type Asking, answered } from '../relations/asking.ts';
import { joinPoint, splitPoint, varsOf } from '../relations/axes.ts';
import { boxAt } from '../relations/bias.ts';
import type { OperandClaim } from '../relations/context.ts';
import { type Order, orderOf } from './order.ts';
import { paddingOf, regionAt } from './padding.ts';
import type { Side, ValueClaim } from './side.ts';
import { sumOf } from './sums.ts';

const keyOf = ({ matrix, offset }: Place): string => `${matrix} ${offset}`;

/** Where a strip's own coordinates end, and the weight of the strip at the others. */
const stripAt = <C>(
  { number, mul, eqAt }: Arithmetic<C>,
  shape: readonly number[],
  { starts, vars }: Strip,
  point: readonly C[],
): { readonly own: readonly C[]; readonly weight: C } => {
  let weight = number(1);
  const axes = splitPoint(shape, point).map((axis, i) => {
    weight = mul(weight, eqAt(axis.slice(vars[i]), starts[i]! / 2 ** vars[i]!));
    return axis.slice(0, vars[i]);
  });
  return { own: joinPoint(axes), weight };
};

/** Steps that wait for sumchecks, of a value. */
type Waiting<Ask, Told> = {
  readonly id: ValueId;
  readonly steps: Asking<Ask, Told, void>;
  readonly asks: readonly Ask[];
};

/** @typeParam V of values, C of coordinates, T of outputs, Ask and Told as of the side */
export class Router<V, Ask, Told, C, T> {
  private readonly plan: ProofPlan;
  private readonly side: Side<V, Ask, Told, C, T>;
  private readonly number: (x: number) => C;
  private readonly order: Order;
  private waiting: Waiting<Ask, Told>[] = [];
  /** Values whose claims were dealt with: what is claimed of them later, as only of ones with a block, is left to the opening. */
  private readonly settled = new Set<ValueId>();
  private readonly pending = new Map<ValueId, ValueClaim<V, C>[]>();
  private readonly opened: Claim<V, C>[] = [];
  /** What the lookups left of the differences of a maximum. */
  private readonly differences = new Map<ValueId, (ValueClaim<V, C> & { readonly level: number })[]>();
  /** Results of `argmax` nodes, and what the lookups left of their margins. */
  private readonly indices = new Map<ValueId, T>();
  private readonly margins = new Map<ValueId, ValueClaim<V, C>>();
  /** What the lookups left, by place. */
  private readonly looked = new Map<string, Claim<V, C>>();

  constructor(plan: ProofPlan, side: Side<V, Ask, Told, C, T>) {
    this.plan = plan;
    this.side = side;
    this.number = side.arithmetic.number;
    this.order = orderOf(
      plan.graph.types.map((_, id) => {
        const node = nodeOf(plan.graph, id);
        return new Set(node === null ? [] : operandsOf(node.form).filter((operand) => !plan.values.has(operand)));
      }),
    );
  }

  /**
   * @param looked claims that the lookups left
   * @param outputs the claimed outputs, and their extensions
   * @returns claims for the opening
   */
  async run(
    looked: readonly Claim<V, C>[],
    outputs: readonly T[],
    at: (output: T, point: readonly C[]) => C,
  ): Promise<readonly Claim<V, C>[]> {
    const { graph } = this.plan;
    for (const claim of looked) this.takeLooked(claim);
    for (const id of this.plan.wide.keys()) this.claimWide(id);
    for (const [i, { value: id }] of graph.outputs.entries()) {
      if (this.plan.hiddenOutputs.includes(i)) continue;
      if (this.plan.ties[id]?.kind === 'argmax') {
        this.takeIndices(id, outputs[i]!);
        continue;
      }
      const point = this.side.challenges(varsOf(graph.types[id]!.shape));
      this.claim(id, { point, value: this.side.known(at(outputs[i]!, point)) });
    }
    for (const { place, content } of this.plan.matrices.flatMap(({ blocks }) => blocks)) {
      if (content.of === 'strip') this.claimPadding(place, content);
    }
    for (;;) {
      for (let id = this.order.next(); id !== undefined; id = this.order.next()) {
        await this.settle(id);
        this.order.release(id);
      }
      if (this.waiting.length === 0) return this.opened;
      this.tell();
    }
  }

  /** Starts steps of a value. Where sumchecks are joined they wait for others once they need one. */
  private start(id: ValueId, steps: Asking<Ask, Told, void>): void {
    if (isLean(this.plan)) this.goOn(id, steps, steps.next());
    else answered(steps, this.side.sums);
  }

  private goOn(id: ValueId, steps: Asking<Ask, Told, void>, next: IteratorResult<readonly Ask[], void>): void {
    if (next.done) return;
    this.order.hold(id);
    this.waiting.push({ id, steps, asks: next.value });
  }

  /** Runs all sumchecks that are waited for. */
  private tell(): void {
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    const told = this.side.sums(waiting.flatMap(({ asks }) => asks));
    let at = 0;
    for (const { id, steps, asks } of waiting) {
      this.goOn(id, steps, steps.next(told.slice(at, at + asks.length)));
      at += asks.length;
      this.order.release(id);
    }
  }

  private claim(id: ValueId, claim: ValueClaim<V, C>): void {
    if (id >= this.plan.graph.types.length || this.settled.has(id)) {
      this.opened.push({ place: this.plan.values.get(id)!, ...claim });
      return;
    }
    const list = this.pending.get(id);
    if (list === undefined) this.pending.set(id, [claim]);
    else list.push(claim);
  }

  /** That what lies behind a hidden constant is 0: nothing else says so, and operators rely on it. */
  private claimPadding(place: Place, { id, strip }: Extract<Content, { of: 'strip' }>): void {
    const regions = paddingOf(this.plan.graph.types[id]!.shape, strip);
    if (regions.length === 0) return;
    const point = this.side.challenges(place.vars);
    const bits = [this.number(0), this.number(1)] as const;
    for (const region of regions) {
      this.opened.push({ ...regionAt(place, strip, region, point, bits), value: this.side.known(bits[0]) });
    }
  }

  /** An output that is the result of an `argmax`: its margins say that it is, and what other nodes read is it. */
  private takeIndices(id: ValueId, indices: T): void {
    const before = this.indices.get(id);
    if (before !== undefined) this.side.alike(before, indices);
    this.indices.set(id, indices);
  }

  /** Leaves a claim to the opening, where its value is not left to it anyhow. */
  private openSent(claim: Claim<V, C>): void {
    if (!isLean(this.plan)) this.opened.push(claim);
  }

  private takeLooked(claim: Claim<V, C>): void {
    const { place, point, value } = claim;
    this.looked.set(keyOf(place), claim);
    if (place.matrix !== DERIVED) {
      this.openSent(claim);
      return;
    }
    const derived = this.plan.derived[place.offset]!;
    if (derived.of === 'value') this.claim(derived.id, { point, value });
    if (derived.of === 'key') this.start(derived.id, this.claimAll(this.side.key(derived.id, { point, value })));
    if (derived.of === 'margin') this.margins.set(derived.id, { point, value });
    if (derived.of !== 'difference') return;
    const levels = this.differences.get(derived.id) ?? [];
    this.differences.set(derived.id, [...levels, { level: derived.level, point, value }]);
  }

  /** v = low + 2^k·upper + limb, and v = high − 2^k·upper − limb, at the point of each lookup. */
  private claimWide(id: ValueId): void {
    const { shape, ...range } = this.plan.graph.inputs[id]!;
    for (const end of ENDS) {
      const { limb, upper } = this.plan.wide.get(id)![end];
      const { point, value } = this.at(upper);
      const by = end === 'low' ? 1 : -1;
      const claimed = this.side.combined([
        [this.boxAt(shape, point), this.number(range[end])],
        [value, this.number(by * 2 ** limbBits(range))],
        [this.at(limb).value, this.number(by)],
      ]);
      this.opened.push({ place: this.plan.values.get(id)!, point, value: claimed });
    }
  }

  /** Deals with all claims on a value, once no other value can add one that is not for the opening. */
  private async settle(id: ValueId): Promise<void> {
    const tie = this.plan.ties[id] ?? null;
    const idle = tie === null || tie.kind === 'through' || tie.kind === 'lookup';
    if (idle && !this.pending.has(id)) this.settled.add(id);
    else {
      await this.side.reached(id);
      this.start(id, this.steps(id));
    }
  }

  private *steps(id: ValueId): Asking<Ask, Told, void> {
    const { graph, values, ties } = this.plan;
    // First, for the index itself is claimed.
    yield* this.choose(id);
    const claims = this.pending.get(id) ?? [];
    this.settled.add(id);
    const place = values.get(id);
    const tie = ties[id] ?? null;
    const margin = this.margins.get(id);
    if (margin !== undefined) yield* this.claimAll(this.side.margin(id, this.indices.get(id)!, margin));
    for (const [level, parts] of (this.plan.wides.get(id) ?? []).entries()) {
      yield* this.claimAll(this.side.difference(id, level, this.wideClaim(id, level, parts)));
    }
    for (const { level, ...claim } of this.differences.get(id) ?? []) {
      yield* this.claimAll(this.side.difference(id, level, claim));
    }
    if (claims.length === 0 && tie?.kind !== 'staged') return;
    if (tie?.kind === 'argmax') {
      for (const claim of claims) this.side.shown(this.indices.get(id)!, claim);
      return;
    }
    if (place !== undefined) {
      for (const { point, value } of claims) this.opened.push({ place, point, value });
      if (tie?.kind === 'staged') yield* this.pass(id, yield* this.sumClaim(id));
    } else if (isInput(graph, id) || (isConstant(graph, id) && !graph.hidden.has(id))) {
      for (const claim of claims) this.side.open(id, claim);
    } else if (isConstant(graph, id)) {
      const own = this.plan.averaged.has(id) ? [yield* this.side.merged(id, claims)] : claims;
      for (const claim of own) this.openStrips(id, claim);
    } else yield* this.pass(id, claims.length === 1 ? claims[0]! : yield* this.side.merged(id, claims));
  }

  private *pass(id: ValueId, claim: ValueClaim<V, C>): Asking<Ask, Told, void> {
    yield* this.claimAll(this.side.relation(id, claim));
  }

  private *claimAll(relation: Asking<Ask, Told, readonly OperandClaim<V, C>[]>): Asking<Ask, Told, void> {
    for (const { operand, point, value } of yield* relation) this.claim(operand, { point, value });
  }

  /** The claim on the differences of a level of a maximum that were looked up in parts, which make up the relus as well. */
  private wideClaim(id: ValueId, level: number, places: WidePlaces): ValueClaim<V, C> {
    const { table } = this.plan.ties[id] as Extract<Tie, { kind: 'maximum' }>;
    const scale = this.number(2 ** (table as Wide).k);
    const { point, value: upper } = this.at(places.upper);
    const [risen, joined, lower, sign, kept] = (['risen', 'joined', 'lower', 'sign', 'kept'] as const).map(
      (part) => this.at(places[part]).value,
    ) as [V, V, V, V, V];
    const rejoined = this.side.combined([
      [sign, scale],
      [lower, this.number(1)],
      [joined, this.number(-1)],
    ]);
    this.side.zero(rejoined, 'a difference is not what its parts make it');
    const relu = this.side.combined([
      [risen, scale],
      [kept, this.number(1)],
    ]);
    this.opened.push({ place: this.plan.values.get(this.plan.relus.get(id)![level]!)!, point, value: relu });
    const difference = this.side.combined([
      [upper, scale],
      [lower, this.number(1)],
    ]);
    return { point, value: difference };
  }

  /** What the lookups left of an `argmax` that is no output. */
  private *choose(id: ValueId): Asking<Ask, Told, void> {
    const places = this.plan.choices.get(id);
    if (places === undefined) return;
    const { top } = this.plan.ties[id] as Chosen;
    const { point, value: offset } = this.at(places.offset);
    const [weighed, before, upto] = (['weighed', 'before', 'upto'] as const).map(
      (part) => this.at(places[part]).value,
    ) as [V, V, V];
    const apart = this.side.combined([
      [weighed, this.number(1)],
      [before, this.number(top + 1)],
      [upto, this.number(-top)],
    ]);
    yield* this.claimAll(this.side.choice(id, point, { offset, apart }));
  }

  /** Which places of a shape are there, at a point. */
  private boxAt(shape: Shape, point: readonly C[]): V {
    return this.side.known(boxAt(this.side.arithmetic, shape, point));
  }

  /** What the lookups left of a place. */
  private at(place: Place): Claim<V, C> {
    return this.looked.get(keyOf(place))!;
  }

  /** The claim on the quotients of a node, from what was looked up of them. */
  private quotientClaim(id: ValueId): ValueClaim<V, C> {
    const { values, stages } = this.plan;
    const { quotients } = stagedTie(this.plan, id);
    const { parts } = stages.get(id)!;
    const value = values.get(id)!;
    if (quotients.kind === 'value') return this.at(value);
    if (quotients.kind === 'clamped') return this.at(parts.quotient!);
    const { k, base } = splitOf(quotients);
    const scale = this.number(2 ** k);
    const [{ point, value: upper }, { value: lower }] = [this.at(parts.upper!), this.at(parts.lower!)];
    const quotient = this.side.combined([
      [upper, scale],
      [lower, this.number(1)],
      [this.boxAt(this.plan.graph.types[id]!.shape, point), this.number(base)],
    ]);
    if (quotients.kind === 'split') this.opened.push({ place: value, point, value: quotient });
    else {
      const rejoined: [V, C][] = [
        [this.at(parts.clipped!).value, scale],
        [lower, this.number(1)],
        [this.at(parts.rejoined!).value, this.number(-1)],
      ];
      this.side.zero(this.side.combined(rejoined), 'a quotient is not what its parts make it');
    }
    return { point, value: quotient };
  }

  /** The claim on the exact sum of a node whose value and remainders were looked up. */
  private *sumClaim(id: ValueId): Asking<Ask, Told, ValueClaim<V, C>> {
    const { graph, stages } = this.plan;
    const tie = stagedTie(this.plan, id);
    const { limbs: places } = stages.get(id)!;
    const { point, value } = this.quotientClaim(id);
    if (tie.shifts.length > 1) {
      const claim = yield* this.side.perChannel(id, { point, value });
      for (const [i, limb] of claim.limbs.entries()) {
        this.openSent({ place: places[i]!, point: claim.point, value: limb });
      }
      return { point: claim.point, value: claim.sum };
    }
    const limbs = tie.limbs.map((limb, i) => [limb, this.at(places[i]!).value] as const);
    return { point, value: sumOf(this.side, graph.types[id]!.shape, point, tie.shifts[0]!, value, limbs) };
  }

  /** A claim on a hidden constant as claims on its parts. */
  private openStrips(id: ValueId, { point, value }: ValueClaim<V, C>): void {
    const { shape } = this.plan.graph.types[id]!;
    const [{ blocks }] = this.plan.matrices as [ProofPlan['matrices'][number]];
    const own = blocks.filter(({ content }) => content.of === 'strip' && content.id === id);
    const strips = own.map(({ content }) =>
      stripAt(this.side.arithmetic, shape, (content as { strip: Strip }).strip, point),
    );
    if (strips.length === 1) {
      this.opened.push({ place: own[0]!.place, point: strips[0]!.own, value });
      return;
    }
    const values = this.side.strips(
      own.map(({ place }) => place),
      strips.map((strip) => strip.own),
    );
    this.side.zero(
      this.side.combined([...values.map((part, i): [V, C] => [part, strips[i]!.weight]), [value, this.number(-1)]]),
      'parts of a hidden constant do not make up what is claimed of it',
    );
    for (const [i, part] of values.entries()) {
      this.opened.push({ place: own[i]!.place, point: strips[i]!.own, value: part });
    }
  }
}
