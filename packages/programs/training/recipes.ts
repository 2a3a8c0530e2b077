/** How each small model here is trained: what is committed as an example, and what the bench measures, are the same. */
import { trainDigits } from './digits.ts';
import { allowedNames, siteNames } from './lists.ts';
import { trainWriter } from './name-writer.ts';
import { trainSiteNames } from './site-names.ts';

export const digitsModel = () => trainDigits({ count: 4_000, epochs: 4, seed: 1 });

export const siteNamesModel = () => trainSiteNames(siteNames().train, { steps: 1_200, seed: 2 });

export const nameWriterModel = () => trainWriter(allowedNames().train, { steps: 400, seed: 3 });
