/** From a logit to a probability by a table of knots fitted on held-out data, at a prior of one half. */

export type Calibration = {
  /** Thousandths of a logit, strictly rising. */
  readonly logitMilli: readonly number[];
  /** Parts per million, never falling. */
  readonly ppm: readonly number[];
};

/** Probability in parts per million: between knots a straight line, beyond them the end knot. */
export const calibrated = (calibration: Calibration, logit: number): number => {
  const { logitMilli, ppm } = calibration;
  const last = logitMilli.length - 1;
  if (logit <= logitMilli[0]!) return ppm[0]!;
  if (logit >= logitMilli[last]!) return ppm[last]!;
  let i = 1;
  while (logitMilli[i]! < logit) i++;
  const x0 = logitMilli[i - 1]!;
  const y0 = ppm[i - 1]!;
  return y0 + Math.floor(((ppm[i]! - y0) * (logit - x0)) / (logitMilli[i]! - x0));
};
