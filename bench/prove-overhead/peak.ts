/** The rate at which a core multiplies elements of the extension: in registers, four at a time, nothing else around it. */
import { compileAssembly } from '../../scripts/kernels.ts';
import { medianNs } from './thread.ts';

const ROUNDS = 1_000_000;
/** Of `assembly/peak.ts`. */
const PRODUCTS_PER_ROUND = 8;

/** Nanoseconds of a product of two elements. */
export const productNs = async (): Promise<number> => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  const module = (await compileAssembly('proofs', 'peak.ts')) as BufferSource;
  const { instance } = await WebAssembly.instantiate(module, { env: { memory } });
  const peak = instance.exports.peak as (rounds: number, m: number, n: number) => number;
  return (await medianNs(3, () => peak(ROUNDS, 3, 5))) / (ROUNDS * PRODUCTS_PER_ROUND);
};
