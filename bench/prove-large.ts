/**
 * `prove-large`: runs of large networks proved and verified on one thread, with public weights and with hidden ones (behind
 * pads, in commitments that hide): a perceptron of 18.9 million weights, a convolutional network of 15 million on 32 × 32
 * images, a transformer of 6 layers of width 512 on 64 tokens; and one small layer. Each in a process of its own, beside what
 * was estimated of it. Then on one thread and on two, in turn.
 */
import type { Figure } from './figure.ts';
import type { Network } from './prove-large/case.ts';
import { inProcess, threadsInProcess } from './prove-large/in-process.ts';
import type { Once } from './prove-large/measure.ts';
import { pairFigure } from './prove-large/pair-figure.ts';

const MIB = 2 ** 20;

/** Seconds of proving that the issue allows; the published figure beside it, of another machine. */
const GOALS: Readonly<Record<Network, { readonly open: number; readonly hidden: number; readonly peer: string }>> = {
  small: {
    open: Number.POSITIVE_INFINITY,
    hidden: 0.028,
    peer: 'EZKL: 28 to 34 s, Groth16: 1.3 to 1.8 s, measured before',
  },
  mlp: { open: 0.5, hidden: 3, peer: 'published: about a minute' },
  vgg: { open: 7, hidden: 7, peer: 'zkCNN, published, another machine: 88.3 s, 341 KB, 59 ms' },
  transformer: { open: 20, hidden: 20, peer: '' },
};

const NAMES: Readonly<Record<Network, string>> = {
  small: '784 to 10, relu',
  mlp: 'perceptron, 18.9 M',
  vgg: 'VGG-16, 15 M',
  transformer: 'transformer, 6 layers',
};

const atMost = (name: string, value: number, unit: string, limit: number, peer = ''): Figure => ({
  name,
  value,
  unit,
  goal: Number.isFinite(limit) ? `<= ${limit}` : '',
  holds: Number.isFinite(limit) ? value <= limit : null,
  peer,
});

/** Within a quarter of what was measured. */
const near = (name: string, value: number): Figure => ({
  name,
  value,
  unit: '×',
  goal: '0.75 .. 1.25',
  holds: value >= 0.75 && value <= 1.25,
  peer: '',
});

/** A proof about a commitment, which is made once or now and then. */
const onceFigures = (name: string, once: Once | null): Figure[] =>
  once === null
    ? []
    : [
        atMost(`${name}: prove`, once.prove / 1000, 's', Number.POSITIVE_INFINITY),
        atMost(`${name}: verify`, once.verify, 'ms', 100),
        atMost(`${name}: proof`, once.bytes / 1024, 'KiB', Number.POSITIVE_INFINITY),
      ];

const figuresOf = (network: Network, hidden: boolean): Figure[] => {
  const { commit, range, renewal, prove, verify, proofBytes, shownBytes, peakBytes, estimated } = inProcess(
    'prove-large',
    network,
    hidden,
  );
  const { open, hidden: private_, peer } = GOALS[network];
  const name = `${NAMES[network]}, weights ${hidden ? 'hidden' : 'public'}`;
  return [
    ...(hidden ? [atMost(`${name}: commit, once`, commit / 1000, 's', Number.POSITIVE_INFINITY)] : []),
    ...onceFigures(`${name}: range of weights, once`, range),
    ...onceFigures(`${name}: renewal`, renewal),
    atMost(`${name}: prove`, prove / 1000, 's', hidden ? private_ : open, peer),
    atMost(`${name}: verify`, verify, 'ms', network === 'small' ? 10 : 100),
    atMost(
      `${name}: proof`,
      proofBytes / 1024,
      'KiB',
      hidden ? 1536 : 150,
      `${Math.ceil(shownBytes / 1024)} KiB of it input and output`,
    ),
    atMost(`${name}: peak memory of the process`, peakBytes / MIB, 'MiB', 1240),
    near(`${name}: time estimated / taken`, estimated.time),
    near(`${name}: memory estimated / taken`, estimated.memory),
  ];
};

/** Rounds in which one thread and two take turns. */
const ROUNDS = 3;

const threadFigures = (network: Network, hidden: boolean): Figure[] => {
  const { prove, commit, range } = threadsInProcess('prove-large', network, hidden, ROUNDS);
  const name = `${NAMES[network]}, weights ${hidden ? 'hidden' : 'public'}`;
  return [
    ...(commit === null ? [] : [pairFigure(`${name}: commit`, commit)]),
    ...(range === null ? [] : [pairFigure(`${name}: range of weights`, range)]),
    pairFigure(`${name}: prove`, prove),
  ];
};

export const run = async (): Promise<readonly Figure[]> =>
  (['small', 'mlp', 'vgg', 'transformer'] as const).flatMap((network) =>
    [false, true].flatMap((hidden) => [
      ...figuresOf(network, hidden),
      // Of a small layer one thread is done before another has started.
      ...(network === 'small' ? [] : threadFigures(network, hidden)),
    ]),
  );
