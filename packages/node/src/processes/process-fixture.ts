/** A node that only supervises, for tests that kill it: prints its addresses, then runs until it is killed. */
import { startAnvil } from './anvil.ts';
import { startPostgres } from './postgres.ts';
import { createSupervisor } from './supervisor.ts';

const [dataDir = '', manner] = process.argv.slice(2);
// As a program that does not wait for anything.
if (manner === 'impatient') process.on('SIGINT', () => process.exit(0));
const supervisor = await createSupervisor({ dataDir, onEvent: () => undefined });
const { databaseUrl } = await startPostgres(supervisor);
const { rpcUrl } = await startAnvil(supervisor, { onError: () => undefined });
await supervisor.announce('http://127.0.0.1:4810');
process.stdout.write(`${JSON.stringify({ databaseUrl, rpcUrl })}\n`);
setInterval(() => undefined, 60_000);
