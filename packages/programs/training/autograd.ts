/**
 * Reverse-mode differentiation on a tape, just what the small models here need: rows of floats, matrix products,
 * convolution in NHWC, attention. Seeded and single-threaded, so a training run gives the same weights again.
 */

export type Var = {
  readonly data: Float32Array;
  readonly grad: Float32Array;
  readonly shape: readonly number[];
};

const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

export const variable = (shape: readonly number[], data = new Float32Array(size(shape))): Var => ({
  data,
  grad: new Float32Array(data.length),
  shape,
});

/** Uniform weights of variance 1 / fan-in (LeCun). */
export const weights = (shape: readonly number[], random: () => number): Var => {
  const fanIn = size(shape.slice(1));
  const reach = Math.sqrt(3 / fanIn);
  return variable(
    shape,
    Float32Array.from({ length: size(shape) }, () => (2 * random() - 1) * reach),
  );
};

/** Steps of one forward pass, to be undone in reverse. */
export class Tape {
  private readonly steps: (() => void)[] = [];

  backward(): void {
    for (let i = this.steps.length - 1; i >= 0; i--) this.steps[i]!();
  }

  private record(shape: readonly number[], forward: (y: Var) => void, back: (y: Var) => void): Var {
    const y = variable(shape);
    forward(y);
    this.steps.push(() => back(y));
    return y;
  }

  /** `y[m,n] = bias[n] + Σ_k x[m,k]·w[n,k]`. */
  linear(x: Var, w: Var, bias: Var | null): Var {
    const [n, k] = [w.shape[0]!, w.shape[1]!];
    const m = x.data.length / k;
    return this.record(
      [...x.shape.slice(0, -1), n],
      (y) => {
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            let sum = bias === null ? 0 : bias.data[j]!;
            for (let c = 0, a = i * k, b = j * k; c < k; c++) sum += x.data[a + c]! * w.data[b + c]!;
            y.data[i * n + j] = sum;
          }
        }
      },
      (y) => {
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            const g = y.grad[i * n + j]!;
            if (g === 0) continue;
            if (bias !== null) bias.grad[j]! += g;
            for (let c = 0, a = i * k, b = j * k; c < k; c++) {
              x.grad[a + c]! += g * w.data[b + c]!;
              w.grad[b + c]! += g * x.data[a + c]!;
            }
          }
        }
      },
    );
  }

  add(a: Var, b: Var): Var {
    return this.record(
      a.shape,
      (y) =>
        y.data.forEach((_, i) => {
          y.data[i] = a.data[i]! + b.data[i % b.data.length]!;
        }),
      (y) =>
        y.grad.forEach((g, i) => {
          a.grad[i]! += g;
          b.grad[i % b.data.length]! += g;
        }),
    );
  }

  relu(x: Var): Var {
    return this.record(
      x.shape,
      (y) =>
        y.data.forEach((_, i) => {
          y.data[i] = Math.max(0, x.data[i]!);
        }),
      (y) =>
        y.grad.forEach((g, i) => {
          if (x.data[i]! > 0) x.grad[i]! += g;
        }),
    );
  }

  /** Rows of a table. */
  embed(table: Var, ids: ArrayLike<number>): Var {
    const width = table.shape[1]!;
    return this.record(
      [ids.length, width],
      (y) => {
        for (let i = 0; i < ids.length; i++)
          y.data.set(table.data.subarray(ids[i]! * width, (ids[i]! + 1) * width), i * width);
      },
      (y) => {
        for (let i = 0; i < y.grad.length; i++)
          table.grad[ids[Math.floor(i / width)]! * width + (i % width)]! += y.grad[i]!;
      },
    );
  }

  /** 3 × 3 convolution with padding 1 of `[b, h, w, c]` by `[o, 3, 3, c]`. */
  conv3(x: Var, w: Var, bias: Var): Var {
    const [b, h, width, c] = x.shape as [number, number, number, number];
    const o = w.shape[0]!;
    const taps = (visit: (to: number, from: number, tap: number) => void): void => {
      for (let n = 0; n < b; n++)
        for (let i = 0; i < h; i++)
          for (let j = 0; j < width; j++)
            for (let p = 0; p < 3; p++)
              for (let q = 0; q < 3; q++) {
                const [row, column] = [i + p - 1, j + q - 1];
                if (row < 0 || row >= h || column < 0 || column >= width) continue;
                visit(((n * h + i) * width + j) * o, ((n * h + row) * width + column) * c, (p * 3 + q) * c);
              }
    };
    return this.record(
      [b, h, width, o],
      (y) => {
        for (let at = 0; at < y.data.length; at++) y.data[at] = bias.data[at % o]!;
        taps((to, from, tap) => {
          for (let k = 0; k < o; k++) {
            let sum = 0;
            for (let d = 0, row = k * 9 * c + tap; d < c; d++) sum += x.data[from + d]! * w.data[row + d]!;
            y.data[to + k]! += sum;
          }
        });
      },
      (y) => {
        for (let at = 0; at < y.grad.length; at++) bias.grad[at % o]! += y.grad[at]!;
        taps((to, from, tap) => {
          for (let k = 0; k < o; k++) {
            const g = y.grad[to + k]!;
            if (g === 0) continue;
            for (let d = 0, row = k * 9 * c + tap; d < c; d++) {
              x.grad[from + d]! += g * w.data[row + d]!;
              w.grad[row + d]! += g * x.data[from + d]!;
            }
          }
        });
      },
    );
  }

  /** Largest of each 2 × 2 block of `[b, h, w, c]`. */
  maxPool2(x: Var): Var {
    const [b, h, w, c] = x.shape as [number, number, number, number];
    const shape = [b, h / 2, w / 2, c];
    const from = new Int32Array(size(shape));
    return this.record(
      shape,
      (y) => {
        for (let at = 0; at < from.length; at++) {
          const channel = at % c;
          const j = Math.floor(at / c) % (w / 2);
          const row = Math.floor(at / (c * (w / 2)));
          let best = -1;
          for (const [p, q] of [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ] as const) {
            const source = ((row * 2 + p) * w + j * 2 + q) * c + channel;
            if (best < 0 || x.data[source]! > x.data[best]!) best = source;
          }
          from[at] = best;
          y.data[at] = x.data[best]!;
        }
      },
      (y) =>
        y.grad.forEach((g, at) => {
          x.grad[from[at]!]! += g;
        }),
    );
  }

  /** Largest of each column over runs of `length` rows: `[runs · length, n]` to `[runs, n]`. */
  maxRows(x: Var, length: number): Var {
    const n = x.shape.at(-1)!;
    const runs = x.data.length / n / length;
    const from = new Int32Array(runs * n);
    return this.record(
      [runs, n],
      (y) => {
        for (let at = 0; at < from.length; at++) {
          const first = Math.floor(at / n) * length * n + (at % n);
          let best = first;
          for (let i = 1; i < length; i++) if (x.data[first + i * n]! > x.data[best]!) best = first + i * n;
          from[at] = best;
          y.data[at] = x.data[best]!;
        }
      },
      (y) =>
        y.grad.forEach((g, at) => {
          x.grad[from[at]!]! += g;
        }),
    );
  }

  reshape(x: Var, shape: readonly number[]): Var {
    return this.record(
      shape,
      (y) => y.data.set(x.data),
      (y) =>
        y.grad.forEach((g, i) => {
          x.grad[i]! += g;
        }),
    );
  }

  /** Rows shifted and scaled to mean 0 and variance 1, then by gain and bias. */
  layerNorm(x: Var, gain: Var, bias: Var): Var {
    const n = gain.data.length;
    const rows = x.data.length / n;
    const normal = new Float32Array(x.data.length);
    const inverse = new Float32Array(rows);
    return this.record(
      x.shape,
      (y) => {
        for (let r = 0; r < rows; r++) {
          const row = x.data.subarray(r * n, (r + 1) * n);
          const mean = row.reduce((a, v) => a + v, 0) / n;
          inverse[r] = 1 / Math.sqrt(row.reduce((a, v) => a + (v - mean) ** 2, 0) / n + 1e-5);
          for (let i = 0; i < n; i++) {
            normal[r * n + i] = (row[i]! - mean) * inverse[r]!;
            y.data[r * n + i] = normal[r * n + i]! * gain.data[i]! + bias.data[i]!;
          }
        }
      },
      (y) => {
        for (let r = 0; r < rows; r++) {
          let [sum, dot] = [0, 0];
          for (let i = 0; i < n; i++) {
            const g = y.grad[r * n + i]!;
            gain.grad[i]! += g * normal[r * n + i]!;
            bias.grad[i]! += g;
            sum += g * gain.data[i]!;
            dot += g * gain.data[i]! * normal[r * n + i]!;
          }
          for (let i = 0; i < n; i++) {
            const g = y.grad[r * n + i]! * gain.data[i]!;
            x.grad[r * n + i]! += inverse[r]! * (g - sum / n - (normal[r * n + i]! * dot) / n);
          }
        }
      },
    );
  }

  /** Causal attention of `heads` heads over sequences of `length` rows; q, k and v are `[sequences · length, d]`. */
  attention(q: Var, k: Var, v: Var, heads: number, length: number): Var {
    const d = q.shape.at(-1)!;
    const width = d / heads;
    const scale = 1 / Math.sqrt(width);
    const sequences = q.data.length / d / length;
    const p = new Float32Array(sequences * heads * length * length);
    const each = (visit: (row: number, offset: number, first: number, at: number, i: number) => void): void => {
      for (let s = 0; s < sequences; s++)
        for (let h = 0; h < heads; h++)
          for (let i = 0; i < length; i++)
            visit((s * length + i) * d + h * width, h * width, s * length, ((s * heads + h) * length + i) * length, i);
    };
    return this.record(
      q.shape,
      (y) =>
        each((row, offset, first, at, i) => {
          let most = Number.NEGATIVE_INFINITY;
          for (let j = 0; j <= i; j++) {
            let dot = 0;
            for (let c = 0, other = (first + j) * d + offset; c < width; c++)
              dot += q.data[row + c]! * k.data[other + c]!;
            p[at + j] = dot * scale;
            most = Math.max(most, p[at + j]!);
          }
          let total = 0;
          for (let j = 0; j <= i; j++) {
            p[at + j] = Math.exp(p[at + j]! - most);
            total += p[at + j]!;
          }
          for (let j = 0; j <= i; j++) {
            p[at + j]! /= total;
            for (let c = 0, other = (first + j) * d + offset; c < width; c++)
              y.data[row + c]! += p[at + j]! * v.data[other + c]!;
          }
        }),
      (y) =>
        each((row, offset, first, at, i) => {
          const dp = new Float32Array(i + 1);
          let mean = 0;
          for (let j = 0; j <= i; j++) {
            for (let c = 0, other = (first + j) * d + offset; c < width; c++) {
              dp[j]! += y.grad[row + c]! * v.data[other + c]!;
              v.grad[other + c]! += p[at + j]! * y.grad[row + c]!;
            }
            mean += dp[j]! * p[at + j]!;
          }
          for (let j = 0; j <= i; j++) {
            const g = p[at + j]! * (dp[j]! - mean) * scale;
            for (let c = 0, other = (first + j) * d + offset; c < width; c++) {
              q.grad[row + c]! += g * k.data[other + c]!;
              k.grad[other + c]! += g * q.data[row + c]!;
            }
          }
        }),
    );
  }

  /** Mean cross-entropy of softmax rows; labels below 0 are left out. Returns the loss and starts the gradient. */
  crossEntropy(logits: Var, labels: ArrayLike<number>): number {
    const n = logits.shape.at(-1)!;
    let loss = 0;
    let counted = 0;
    for (let r = 0; r < labels.length; r++) if (labels[r]! >= 0) counted++;
    for (let r = 0; r < labels.length; r++) {
      if (labels[r]! < 0) continue;
      const row = logits.data.subarray(r * n, (r + 1) * n);
      const most = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      const total = row.reduce((a, b) => a + Math.exp(b - most), 0);
      for (let j = 0; j < n; j++) {
        const p = Math.exp(row[j]! - most) / total;
        logits.grad[r * n + j]! += (p - (j === labels[r] ? 1 : 0)) / counted;
        if (j === labels[r]) loss -= Math.log(p + 1e-12) / counted;
      }
    }
    return loss;
  }
}

/** Adam (Kingma and Ba, 2015) over some parameters; each step uses up their gradients. */
export class Adam {
  private readonly parameters: readonly Var[];
  private readonly moments: readonly { readonly m: Float32Array; readonly v: Float32Array }[];
  private steps = 0;

  constructor(parameters: readonly Var[]) {
    this.parameters = parameters;
    this.moments = parameters.map(({ data }) => ({
      m: new Float32Array(data.length),
      v: new Float32Array(data.length),
    }));
  }

  step(rate: number): void {
    this.steps++;
    const [c1, c2] = [1 - 0.9 ** this.steps, 1 - 0.99 ** this.steps];
    this.parameters.forEach(({ data, grad }, i) => {
      const { m, v } = this.moments[i]!;
      for (let j = 0; j < data.length; j++) {
        m[j] = 0.9 * m[j]! + 0.1 * grad[j]!;
        v[j] = 0.99 * v[j]! + 0.01 * grad[j]! ** 2;
        data[j]! -= (rate * (m[j]! / c1)) / (Math.sqrt(v[j]! / c2) + 1e-8);
      }
      grad.fill(0);
    });
  }
}
