/**
 * X.509 chains for whoever verifies signatures of strangers: signed models (signing/), attestations of enclaves
 * (`proofs`). `node:crypto` and a Node library, so this is apart from what browsers load.
 */
export { type Certificate, readCertificate, wordsOf } from './certificate.ts';
export * from './path.ts';
export * from './pem.ts';
