/** Fingerprints of runs in floats: made (fingerprint.ts), compared with an own run (compare.ts), told (finding.ts). */
export * from './compare.ts';
export * from './finding.ts';
export {
  decodeFingerprint,
  encodeFingerprint,
  type Fingerprint,
  fingerprintOf,
} from './fingerprint.ts';
