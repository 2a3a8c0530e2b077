import { costs } from './cost.ts';

const s = performance.now();
for (const { name, value, unit, holds, peer } of await costs()) console.log(name, value?.toFixed(4), unit, holds, peer);
console.log(performance.now() - s);
