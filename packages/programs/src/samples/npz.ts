/** Named NumPy arrays in a zip (`numpy.savez`, compressed or not). */
import { ok, type Result, refuse, show } from '@surety/core';
import { unzipSync } from 'fflate';
import { MAX_NUMBERS, type NumericArray, readNpy } from './npy.ts';

/** Most bytes that the arrays of one file may unpack to. */
const MAX_UNPACKED_BYTES = 2 ** 29;

/** The arrays of an `.npz` file by name. */
export const readNpz = (bytes: Uint8Array, field = 'samples'): Result<ReadonlyMap<string, NumericArray>> => {
  let files: Record<string, Uint8Array>;
  let unpacked = 0;
  try {
    // The sizes in the directory are checked before anything is unpacked, and fflate unpacks no more than they say.
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!name.endsWith('.npy')) return false;
        unpacked += originalSize;
        return unpacked <= MAX_UNPACKED_BYTES;
      },
    });
  } catch (error) {
    return refuse({
      code: 'input.malformed',
      message: `${field} is no zip of NumPy arrays.`,
      next: 'Make it with numpy.savez.',
      field,
      value: show((error as Error).message),
    });
  }
  if (unpacked > MAX_UNPACKED_BYTES) {
    return refuse({
      code: 'input.too-large',
      message: `${field} unpacks to ${unpacked} bytes.`,
      next: 'Use fewer samples.',
      field,
      value: show(unpacked),
      limit: `${MAX_UNPACKED_BYTES} bytes`,
    });
  }
  const arrays = new Map<string, NumericArray>();
  let left = MAX_NUMBERS;
  for (const [file, content] of Object.entries(files)) {
    const name = file.slice(0, -'.npy'.length);
    const array = readNpy(content, `${field}.${name}`, left);
    if (!array.ok) return array;
    left -= array.value.values.length;
    arrays.set(name, array.value);
  }
  return ok(arrays);
};
