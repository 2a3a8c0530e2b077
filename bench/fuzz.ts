/** Topic `fuzz`: malformed input of every kind; only listed error codes come out. One part for each door. */
import type { Figure } from './figure.ts';
import { coreFuzzFigures } from './fuzz/core.ts';
import { enclaveFuzzFigures } from './fuzz/enclave.ts';
import { httpFuzzFigures } from './fuzz/http.ts';
import { programFuzzFigures } from './fuzz/programs.ts';

export { coreFuzzFigures } from './fuzz/core.ts';

export const run = async (): Promise<Figure[]> => [
  ...(await coreFuzzFigures()),
  ...(await httpFuzzFigures()),
  ...programFuzzFigures(),
  ...enclaveFuzzFigures(),
];
