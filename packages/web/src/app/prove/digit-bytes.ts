/** The built-in program and its images as bytes and numbers. */
import { DIGITS_IMAGES, DIGITS_PROGRAM } from './digits.ts';

export const SIDE = 16;
const PIXELS = SIDE * SIDE;

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));

export const digitsProgram = (): Uint8Array => bytesOf(DIGITS_PROGRAM);

/** The program's integers for the image of a digit. */
export const digitPixels = (digit: number): readonly number[] => [
  ...new Int8Array(bytesOf(DIGITS_IMAGES).buffer, digit * PIXELS, PIXELS),
];
