/** What each side stands to lose and to gain: once if the claim is void, once if it becomes final. */
import type { Run, RunDispute } from '@surety/protocol';

/** `back`: one's own that was locked. `burnt`: nobody gets it. */
export type Share = {
  readonly kind: 'loses' | 'gets' | 'back' | 'pays' | 'burnt';
  readonly microUsd: string;
  readonly what: string;
};

export type RunSide = {
  readonly side: 'provider' | 'challenger' | 'requester' | 'relying' | 'nobody';
  readonly account: string | null;
  /** Number of the challenger's dispute. */
  readonly dispute: number | null;
  readonly ifVoid: readonly Share[];
  readonly ifFinal: readonly Share[];
};

/** Sides, for people. */
export const SIDE_NAMES: Readonly<Record<RunSide['side'], string>> = {
  provider: 'Provider',
  challenger: 'Challenger',
  requester: 'Requester',
  relying: 'Who reserved cover',
  nobody: 'Burnt',
};

/** What stands before the amount of a share. */
export const SHARE_VERBS: Readonly<Record<Share['kind'], string>> = {
  loses: 'loses ',
  gets: 'gets ',
  back: 'gets back ',
  pays: 'pays ',
  burnt: '',
};

export type OutcomeColumn = readonly [name: string, of: (side: RunSide) => readonly Share[]];

/** The endings that a claim can still have, or the one that it had. */
export const outcomeColumns = ({
  state,
  proofRequired,
}: Pick<Run, 'state' | 'proofRequired'>): readonly OutcomeColumn[] => {
  const isVoid: OutcomeColumn = [state === 'void' ? 'What happened: void' : 'If it is void', ({ ifVoid }) => ifVoid];
  const isFinal: OutcomeColumn = [
    state === 'final' ? 'What happened: final' : proofRequired ? 'If it is proved' : 'If it becomes final',
    ({ ifFinal }) => ifFinal,
  ];
  if (state === 'void') return [isVoid];
  return state === 'final' ? [isFinal] : [isVoid, isFinal];
};

/** What became of the money of an annulled claim. */
export const ANNULLED_WORDS =
  'Bond and price went back, and so did the stakes. Cover lapsed; its premium is not returned.';

const share = (kind: Share['kind'], microUsd: string, what: string): readonly Share[] =>
  BigInt(microUsd) === 0n ? [] : [{ kind, microUsd, what }];

const sum = (amounts: readonly string[]): string =>
  amounts.reduce((total, each) => total + BigInt(each), 0n).toString();

/** Disputes that count: live ones, and the one that decided. */
const isLive = ({ turn }: RunDispute): boolean => turn !== null;

const conceded = ({ closed }: RunDispute): boolean =>
  closed !== null && (closed.how === 'conceded' || closed.how === 'challenger-clock');

const challengerOf = (run: Run, dispute: RunDispute): RunSide => {
  const { number, challenger, stakeMicroUsd } = dispute;
  const decides = run.end?.kind === 'void' ? run.end.dispute === number : isLive(dispute);
  const lost = conceded(dispute);
  const stake = lost ? share('loses', stakeMicroUsd, 'its stake') : share('back', stakeMicroUsd, 'its stake');
  return {
    side: 'challenger',
    account: challenger,
    dispute: number,
    ifVoid: [
      ...stake,
      ...(decides && !lost
        ? share(
            'gets',
            run.split.rewardMicroUsd,
            run.end === null ? 'the reward, if it is the one to refute' : 'the reward',
          )
        : []),
    ],
    ifFinal: share('loses', stakeMicroUsd, 'its stake'),
  };
};

/** One row for each side, the provider first. Amounts follow from bond, price, cover and stakes; gas is not in them. */
export const outcomesOf = (run: Run): readonly RunSide[] => {
  const { bondMicroUsd, priceMicroUsd, split, cover, disputed } = run;
  const lostStakes = sum(disputed.filter(conceded).map(({ stakeMicroUsd }) => stakeMicroUsd));
  const liveStakes = sum(disputed.filter(isLive).map(({ stakeMicroUsd }) => stakeMicroUsd));
  const kept = share('gets', lostStakes, 'stakes of disputes that failed');
  const sides: RunSide[] = [
    {
      side: 'provider',
      account: run.provider,
      dispute: null,
      ifVoid: [...share('loses', bondMicroUsd, 'its bond'), ...kept],
      ifFinal: [
        ...share('back', bondMicroUsd, 'its bond'),
        ...share('gets', priceMicroUsd, 'the price'),
        ...share('gets', liveStakes, 'the stake of every open dispute'),
        ...kept,
      ],
    },
    ...disputed.map((dispute) => challengerOf(run, dispute)),
  ];
  if (disputed.length === 0 && run.end === null)
    sides.push({
      side: 'challenger',
      account: null,
      dispute: null,
      ifVoid: [...share('back', run.stakeMicroUsd, 'its stake'), ...share('gets', split.rewardMicroUsd, 'the reward')],
      ifFinal: share('loses', run.stakeMicroUsd, 'its stake'),
    });
  if (run.requester !== run.provider || BigInt(priceMicroUsd) > 0n)
    sides.push({
      side: 'requester',
      account: run.requester,
      dispute: null,
      ifVoid: share('back', priceMicroUsd, 'the price'),
      ifFinal: share('pays', priceMicroUsd, 'the price'),
    });
  if (BigInt(cover.reservedMicroUsd) > 0n)
    sides.push({
      side: 'relying',
      account: null,
      dispute: null,
      ifVoid: share('gets', split.coverMicroUsd, 'the cover that it reserved, before anybody else'),
      ifFinal: [],
    });
  sides.push({
    side: 'nobody',
    account: null,
    dispute: null,
    ifVoid: share('burnt', split.burntMicroUsd, 'of the bond, for good'),
    ifFinal: [],
  });
  return sides;
};
