/** Brings the readers' programs that a page carries to life. The page's policy names them by digest: others do not run. */
import type { ProgramRegistry } from '@surety/sdk/page-verify';
import { fromBase64 } from './embedded.ts';

export type CarriesPrograms = typeof globalThis & { suretyPrograms?: ProgramRegistry };

/** The programs, or `null` where the page carries none, or they were changed and the browser refused them. */
export const unpackPrograms = async (page: Document): Promise<ProgramRegistry | null> => {
  const packed = fromBase64(page.getElementById('programs')?.textContent ?? '');
  if (packed.length === 0 || typeof DecompressionStream === 'undefined') return null;
  try {
    const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    const script = page.createElement('script');
    script.textContent = await new Response(plain).text();
    page.head.append(script);
    return (globalThis as CarriesPrograms).suretyPrograms ?? null;
  } catch {
    return null;
  }
};
