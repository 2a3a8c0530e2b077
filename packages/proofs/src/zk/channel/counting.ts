/** A verifier's channel that only counts what a proof would say: how many pads hiding it takes. */
import type { Evaluation } from '../commit/place.ts';
import { type Ext, ONE } from '../field/ext.ts';
import type { VerifierChannel } from './channel.ts';
import { type Form, known } from './form.ts';
import { closingPads } from './hidden.ts';
import type { OpenOptions } from './open.ts';
import { Transcript } from './transcript.ts';

export class CountingVerifier implements VerifierChannel {
  readonly left: VerifierChannel['left'];
  readonly leftValues: Evaluation[] = [];
  private readonly transcript = new Transcript();
  private sent = 0;
  private products = 0;

  constructor({ leaves = false }: OpenOptions = {}) {
    this.left = leaves
      ? (place, point) => {
          this.leftValues.push({ place, point });
          return known(ONE);
        }
      : null;
  }

  /** Pads of all values and products so far, and of proving the products. */
  get pads(): number {
    return this.sent + this.products + closingPads(this.products);
  }

  readonly receive = (count: number): readonly Form[] => {
    this.sent += count;
    return Array.from({ length: count }, () => known(ONE));
  };

  readonly published = (length: number): Uint8Array => new Uint8Array(length);

  readonly revealed = (length: number): Uint8Array => new Uint8Array(length);

  readonly challenge = (): Ext => {
    this.transcript.absorb(new Uint8Array());
    return this.transcript.challenge();
  };

  readonly indices = (count: number, limit: number): readonly number[] => this.transcript.indices(count, limit);

  readonly product = (): Form => {
    this.products++;
    return known(ONE);
  };

  readonly zero = (): void => undefined;
}
