/** `@surety/sdk/threads`: threads of this machine, as `prove` and the functions beside it take them. In Node only. */
export { nodeThreads } from '@surety/programs/node-threads';
