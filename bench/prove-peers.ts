/**
 * `prove-peers`: one layer y = relu(Wx + b) with private integer weights, proved by EZKL, snarkjs (Groth16) and UltraHonk as
 * `../shared/peers` runs them, and by ours, which commits to the weights too and hides them: one thread each, one after the
 * other on the same machine. None of the peers commits to the weights, so each does less than our statement; all three have
 * proofs that are shorter than ours, and Groth16 and EZKL need a set-up for each program.
 */
import type { Figure } from './figure.ts';
import { inProcess, threadsInProcess } from './prove-large/in-process.ts';
import { pairFigure } from './prove-large/pair-figure.ts';
import { PEER_NAMES, type PeerName, runPeer } from './prove-peers/peers.ts';

const LAYERS = [
  [64, 32],
  [784, 10],
] as const;

/** How many times as fast as a peer the issue asks us to be, on the larger layer. */
const GOALS: Readonly<Record<PeerName, number | null>> = { ezkl: 1000, groth16: 50, ultrahonk: null };

const VERIFY_MS = 10;

/** Rounds in which one thread and two take turns: a layer so small is done before another thread has started. */
const ROUNDS = 10;

const TITLES: Readonly<Record<PeerName, string>> = { ezkl: 'EZKL', groth16: 'Groth16', ultrahonk: 'UltraHonk' };

const layerFigures = (inputs: number, outputs: number): Figure[] => {
  const layer = `${inputs} to ${outputs}`;
  const large = inputs === 784;
  const ours = inProcess('prove-peers', `${inputs}x${outputs}`, true, 40);
  const figure = (name: string, value: number, unit: string, peer = ''): Figure => ({
    name: `${layer}: ${name}`,
    value,
    unit,
    goal: '',
    holds: null,
    peer,
  });
  const verifying = figure('ours, verify', ours.verify, 'ms');
  const against = PEER_NAMES.flatMap((name): Figure[] => {
    process.stderr.write(`prove-peers: ${TITLES[name]}, ${layer}\n`);
    const peer = runPeer(name, inputs, outputs);
    const goal = large ? GOALS[name] : null;
    const times = peer === null ? null : (1000 * peer.proveSeconds) / ours.prove;
    const beside =
      peer === null
        ? 'absent'
        : `${peer.proveSeconds.toFixed(3)} s, verify ${peer.verifySeconds.toFixed(3)} s; against our first proof in a process ${Math.round((1000 * peer.proveSeconds) / ours.first)} times`;
    return [
      {
        name: `${layer}: times as fast as ${TITLES[name]}`,
        value: times,
        unit: '×',
        goal: goal === null ? '' : `>= ${goal}`,
        holds: goal === null || times === null ? null : times >= goal,
        peer: beside,
      },
    ];
  });
  return [
    figure('ours, commit to the weights, for 3 proofs', ours.commit, 'ms'),
    figure('ours, prove, weights hidden', ours.prove, 'ms', `first proof in a process ${ours.first.toFixed(1)} ms`),
    pairFigure(`${layer}: ours, prove`, threadsInProcess('prove-peers', `${inputs}x${outputs}`, true, ROUNDS).prove),
    large ? { ...verifying, goal: `<= ${VERIFY_MS}`, holds: ours.verify <= VERIFY_MS } : verifying,
    figure('ours, proof', ours.proofBytes / 1024, 'KiB'),
    ...against,
  ];
};

export const run = async (): Promise<readonly Figure[]> =>
  LAYERS.flatMap(([inputs, outputs]) => layerFigures(inputs, outputs));
