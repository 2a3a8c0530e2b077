/**
 * What a juror does about the cases of a court: a pure function of what the chain shows and the time. It remembers nothing but
 * the votes that are kept, so it may be killed at any point.
 */
import { type ContractCase, type ContractRound, type ContractSeat, hasEnded } from '@surety/chain';

type Hex = `0x${string}`;

type InCase = { readonly caseId: bigint; readonly before: number };
type InRound = InCase & { readonly round: number };
type OfSeat = InRound & { readonly seat: number };

/** `anyway` where it is not weighed against what a seat earns: own money hangs on the case, or windows of all are kept. */
type Drawing = { readonly anyway: boolean };

/** A step that no deadline presses. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** `before` is the unix second, by the chain's clock, at which the step is too late. */
export type JurorMove =
  /** `waits` while a claim that nobody has published yet may still come: then the vote is not made. */
  | (OfSeat & { readonly kind: 'commit'; readonly waits: boolean })
  | (OfSeat & { readonly kind: 'reveal' })
  /** By drand; `begun` where its value was shown already, and more elements are to be tried. */
  | (InRound & Drawing & { readonly kind: 'draw'; readonly beaconAt: number; readonly begun: boolean })
  | (InRound & Drawing & { readonly kind: 'draw-by-fallback'; readonly block: bigint })
  | (InRound & { readonly kind: 'tally' })
  | (InCase & { readonly kind: 'finalise' })
  | (OfSeat & { readonly kind: 'settle-seat' })
  | (InCase & { readonly kind: 'collect'; readonly rung: number; readonly outcome: number });

export type JurorWorld = {
  /** The key that votes, which is its own operator. */
  readonly me: Hex;
  /** The chain's time now, unix seconds. */
  readonly now: number;
  /** Whether it ends windows of every case, or only of those in which it has a seat or money. */
  readonly keeps: 'own' | 'all';
  readonly cases: readonly ContractCase[];
};

const same = (a: Hex, b: Hex): boolean => a.toLowerCase() === b.toLowerCase();

const seatOf = ({ seats }: ContractRound, me: Hex): ContractSeat | undefined =>
  seats.find(({ juror }) => same(juror, me));

/** Whether own money lies in a case. */
const hasMoney = (of: ContractCase, me: Hex): boolean =>
  of.contributions.some((each) => each.collectedUnits === null && same(each.contributor, me));

/** Whether something of the own hangs on a case: a seat, or money that was not collected. */
const concerns = (of: ContractCase, me: Hex): boolean =>
  of.rounds.some((round) => seatOf(round, me) !== undefined) || hasMoney(of, me);

const drawing = (
  of: ContractCase,
  { number, panel }: ContractRound,
  { me, now, keeps }: JurorWorld,
): JurorMove | null => {
  const { beaconAt, fallbackAt, drawEndsAt, drawn, fallbackBlock } = panel;
  const at = { caseId: of.id, round: number, anyway: keeps === 'all' || hasMoney(of, me) };
  if (drawn === 'whole' || now < beaconAt || now >= drawEndsAt) return null;
  if (drawn === 'in-part') return { kind: 'draw', ...at, beaconAt, begun: true, before: drawEndsAt };
  if (now < fallbackAt) return { kind: 'draw', ...at, beaconAt, begun: false, before: fallbackAt };
  return { kind: 'draw-by-fallback', ...at, block: fallbackBlock, before: drawEndsAt };
};

const voting = (of: ContractCase, round: ContractRound, { me, now }: JurorWorld): JurorMove | null => {
  const seat = seatOf(round, me);
  if (seat === undefined) return null;
  const { drawEndsAt, commitEndsAt, revealEndsAt } = round.panel;
  const at = { caseId: of.id, round: round.number, seat: seat.seat };
  if (seat.state === 'drawn' && now >= drawEndsAt && now < commitEndsAt)
    return { kind: 'commit', ...at, waits: 2 * now < drawEndsAt + commitEndsAt, before: commitEndsAt };
  if (seat.state === 'committed' && now >= commitEndsAt && now < revealEndsAt)
    return { kind: 'reveal', ...at, before: revealEndsAt };
  return null;
};

const counting = (of: ContractCase, { number, panel }: ContractRound, now: number): JurorMove | null => {
  const opened = now >= panel.commitEndsAt && panel.unrevealed === 0;
  if (now < panel.revealEndsAt && !opened) return null;
  return { kind: 'tally', caseId: of.id, round: number, before: NEVER };
};

const settling = (of: ContractCase, me: Hex): readonly JurorMove[] => {
  const { id: caseId } = of;
  const seats = of.rounds.flatMap((round): JurorMove[] => {
    const seat = seatOf(round, me);
    if (seat === undefined || seat.settled !== null || seat.state === 'shown') return [];
    return [{ kind: 'settle-seat', caseId, round: round.number, seat: seat.seat, before: NEVER }];
  });
  const paid = of.contributions
    .filter((each) => each.collectedUnits === null && same(each.contributor, me))
    .map(({ rung, outcome }): JurorMove => ({ kind: 'collect', caseId, rung, outcome, before: NEVER }));
  return [...seats, ...paid];
};

const running = (of: ContractCase, world: JurorWorld): readonly JurorMove[] => {
  const round = of.rounds.at(-1);
  const mine = world.keeps === 'all' || concerns(of, world.me);
  if (round === undefined || round.result !== null) {
    const over = of.endsAt !== null && world.now >= of.endsAt;
    return over && mine ? [{ kind: 'finalise', caseId: of.id, before: NEVER }] : [];
  }
  // Whoever is to be drawn sees to it that there is a draw, if that pays.
  const steps = [drawing(of, round, world), voting(of, round, world), mine ? counting(of, round, world.now) : null];
  return steps.filter((step) => step !== null);
};

/** Whether a step keeps the own stake: nobody else can vote for a seat, and somebody else can take any other step. */
export const isOwnVote = ({ kind }: JurorMove): boolean => kind === 'commit' || kind === 'reveal';

/** Every step that is due: own votes first, however many cases others keep going, and of each the most pressing first. */
export const decideJuror = (world: JurorWorld): readonly JurorMove[] =>
  world.cases
    .flatMap((of) => (hasEnded(of) ? settling(of, world.me) : running(of, world)))
    .sort((a, b) => Number(isOwnVote(b)) - Number(isOwnVote(a)) || a.before - b.before);
