/** How often fingerprints err: honest runs by other kernels that are doubted, and other models that are let through. */
import { unwrap } from '@surety/core';
import {
  type Distance,
  distanceTo,
  encodeFingerprint,
  fingerprintOf,
  raisesDoubt,
  toleranceOf,
} from '@surety/proofs/statistical';
import type { Figure } from '../figure.ts';
import { type FloatKernel, FULL, HALF, lastHidden, OWN } from './float-kernels.ts';
import type { Family, FloatModel } from './models.ts';

/** Kept activations of a row of 32. */
const KEPT = 8;
/** Share of the samples that the tolerance is chosen from; the rest are held out. */
const CHOSEN = 0.3;
const MARGIN = 2;

const plain = (name: string, value: number, unit: string, peer = ''): Figure => {
  return { name, value, unit, goal: '', holds: null, peer };
};

type Rows = readonly (readonly number[])[];

/** Distances of fingerprints of so many rows each. */
const distances = (claimed: Rows, own: Rows, together: number): Distance[] => {
  const all: Distance[] = [];
  for (let at = 0; at + together <= own.length; at += together) {
    const made = unwrap(fingerprintOf(claimed.slice(at, at + together), KEPT));
    all.push(unwrap(distanceTo(made, own.slice(at, at + together))));
  }
  return all;
};

export const fingerprints = ({ model, others, heldOut: { inputs } }: Family): Figure[] => {
  const rowsOf = (claimed: FloatModel, kernel: FloatKernel): Rows => inputs.map((x) => lastHidden(claimed, x, kernel));
  const own = rowsOf(model, OWN);
  const full = FULL.map((kernel) => rowsOf(model, kernel));
  const half = HALF.map((kernel) => rowsOf(model, kernel));
  const lies = others.map(({ name, model: other }) => ({ name, rows: rowsOf(other, OWN) }));
  const size = encodeFingerprint(unwrap(fingerprintOf(own.slice(0, 32), KEPT))).length;
  const figures: Figure[] = [
    plain('fingerprint of 32 rows', size, 'bytes', 'published, of other models: TOPLOC 258 bytes for 32 tokens'),
  ];
  for (const [label, honest, together] of [
    ['fp32, 1 row', full, 1],
    ['bfloat16, 1 row', [...full, ...half], 1],
    ['bfloat16, 16 rows', [...full, ...half], 16],
  ] as const) {
    const split = (all: readonly Distance[]): number => Math.floor(all.length * CHOSEN);
    const runs = honest.map((rows) => distances(rows, own, together));
    const tolerance = toleranceOf(
      runs.flatMap((all) => all.slice(0, split(all))),
      MARGIN,
    );
    const held = runs.flatMap((all) => all.slice(split(all)));
    const doubted = held.filter((distance) => raisesDoubt(distance, tolerance)).length;
    const allowed = `tolerance ${tolerance.errorPpm} ppm of the peak, ${tolerance.missingPpm} ppm of places`;
    figures.push(
      plain(
        `fingerprints (${label}): honest runs doubted`,
        (100 * doubted) / held.length,
        '%',
        `${doubted} of ${held.length}, kernels simulated; ${allowed}`,
      ),
    );
    for (const { name, rows } of lies) {
      const all = distances(rows, own, together);
      const tried = all.slice(split(all));
      const through = tried.filter((distance) => !raisesDoubt(distance, tolerance)).length;
      const share = (100 * through) / tried.length;
      figures.push(plain(`fingerprints (${label}): let through, ${name}`, share, '%', `${through} of ${tried.length}`));
    }
  }
  return figures;
};
