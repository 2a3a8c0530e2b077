/**
 * `@surety/chain`: the only package that knows RPC.
 *
 * The main path: {@link deploy} the contracts, {@link connect}, journal an intent, {@link submit} it, and ask
 * {@link intentStatus} until it is final. The chain may be rewound at any time: every intent takes effect at most once
 * and can be submitted again whenever it is found missing.
 */
export * from './client.ts';
export * from './deploy.ts';
export { CREATE2_DEPLOYER } from './deployer.ts';
export * from './plan.ts';
