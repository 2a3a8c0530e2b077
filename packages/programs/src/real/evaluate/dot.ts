/** Dot products of rows with rows, blocked so that each number loaded is used several times. */
export type Numbers = Float32Array | Float64Array;

/**
 * `out[m · outStep + n] = bias[n] + Σ_k a[m, k] · b[n, k]` for `rows` rows of a and `columns` rows of b, in float64.
 * All rows lie one after the other, `depth` apart.
 */
export const rowsByRows = (
  a: { readonly values: Numbers; readonly at: number; readonly rows: number },
  b: { readonly values: Numbers; readonly at: number; readonly rows: number },
  depth: number,
  bias: { readonly values: Numbers; readonly at: number } | null,
  out: { readonly values: Float64Array; readonly at: number; readonly step: number },
): void => {
  const [x, w, y] = [a.values, b.values, out.values];
  let n = 0;
  for (; n + 4 <= b.rows; n += 4) {
    const w0 = b.at + n * depth;
    const [w1, w2, w3] = [w0 + depth, w0 + 2 * depth, w0 + 3 * depth];
    const c0 = bias === null ? 0 : bias.values[bias.at + n]!;
    const c1 = bias === null ? 0 : bias.values[bias.at + n + 1]!;
    const c2 = bias === null ? 0 : bias.values[bias.at + n + 2]!;
    const c3 = bias === null ? 0 : bias.values[bias.at + n + 3]!;
    let m = 0;
    for (; m + 2 <= a.rows; m += 2) {
      const x0 = a.at + m * depth;
      const x1 = x0 + depth;
      let [p0, p1, p2, p3, q0, q1, q2, q3] = [c0, c1, c2, c3, c0, c1, c2, c3];
      for (let k = 0; k < depth; k++) {
        const u = x[x0 + k]!;
        const v = x[x1 + k]!;
        const s0 = w[w0 + k]!;
        const s1 = w[w1 + k]!;
        const s2 = w[w2 + k]!;
        const s3 = w[w3 + k]!;
        p0 += u * s0;
        p1 += u * s1;
        p2 += u * s2;
        p3 += u * s3;
        q0 += v * s0;
        q1 += v * s1;
        q2 += v * s2;
        q3 += v * s3;
      }
      const at = out.at + m * out.step + n;
      y[at] = p0;
      y[at + 1] = p1;
      y[at + 2] = p2;
      y[at + 3] = p3;
      y[at + out.step] = q0;
      y[at + out.step + 1] = q1;
      y[at + out.step + 2] = q2;
      y[at + out.step + 3] = q3;
    }
    for (; m < a.rows; m++) {
      const x0 = a.at + m * depth;
      let [p0, p1, p2, p3] = [c0, c1, c2, c3];
      for (let k = 0; k < depth; k++) {
        const u = x[x0 + k]!;
        p0 += u * w[w0 + k]!;
        p1 += u * w[w1 + k]!;
        p2 += u * w[w2 + k]!;
        p3 += u * w[w3 + k]!;
      }
      const at = out.at + m * out.step + n;
      y[at] = p0;
      y[at + 1] = p1;
      y[at + 2] = p2;
      y[at + 3] = p3;
    }
  }
  for (; n < b.rows; n++) {
    const w0 = b.at + n * depth;
    for (let m = 0; m < a.rows; m++) {
      const x0 = a.at + m * depth;
      let sum = bias === null ? 0 : bias.values[bias.at + n]!;
      for (let k = 0; k < depth; k++) sum += x[x0 + k]! * w[w0 + k]!;
      y[out.at + m * out.step + n] = sum;
    }
  }
};
