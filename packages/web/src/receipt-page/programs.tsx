/** The readers' programs as a script of their own: packed into the page, unpacked and run when it is opened. */
import { PROGRAMS } from '@surety/sdk/programs';
import type { CarriesPrograms } from './unpack.ts';

(globalThis as CarriesPrograms).suretyPrograms = PROGRAMS;
