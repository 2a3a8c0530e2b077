/** `@surety/node`: the service. `startNode` starts everything; the rest is behind HTTP. */
export { type NodeConfig, readConfig } from './config.ts';
export { developmentIssuer } from './persons/development-issuer.ts';
export { type RunningNode, type StartOptions, startNode } from './start-node.ts';
