/** What one run takes and costs on a machine. */
import { ceilDiv } from './integers.ts';
import type { Machine, ProgramFacts } from './question.ts';

const MILLISECONDS = 1_000n;
const MILLISECONDS_PER_HOUR = 3_600_000n;

/** Milliseconds of one run of a program that the machine holds; rounded up. */
export const runMilliseconds = (program: ProgramFacts, machine: Machine): bigint =>
  ceilDiv(program.multiplyAccumulates * MILLISECONDS, machine.macsPerSecond);

/** Milliseconds to fetch the program; rounded up. */
export const fetchMilliseconds = (program: ProgramFacts, machine: Machine): bigint =>
  ceilDiv(program.weightBytes * MILLISECONDS, machine.bytesPerSecond);

/** Micro-dollars of so long on a machine; rounded up. */
export const machineMicroUsd = (milliseconds: bigint, machine: Machine): bigint =>
  ceilDiv(milliseconds * machine.microUsdPerHour, MILLISECONDS_PER_HOUR);

/** Micro-dollars of one run of a program that the machine holds; rounded up. */
export const runMicroUsd = (program: ProgramFacts, machine: Machine): bigint =>
  machineMicroUsd(runMilliseconds(program, machine), machine);
