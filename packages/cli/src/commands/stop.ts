/** `surety stop`: asks the node of this folder to end orderly, and waits for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { holderOf } from '../local/environment.ts';
import { fail } from '../local/fail.ts';
import { endOrphans } from '../local/orphans.ts';
import { isRunning } from '../local/processes.ts';
import type { Run } from '../table.ts';

const PATIENCE_MS = 30_000;
const STEP_MS = 100;

export const run: Run = async ({ context: { out, home } }) => {
  const node = holderOf(home);
  if (node === null) {
    const orphans = await endOrphans(home);
    if (out.json) out.data({ stopped: orphans.length > 0, reason: 'not running', orphans });
    else if (orphans.length === 0) out.line('Nothing runs here.');
    else out.line(`The node was gone already; ended what it had left: ${orphans.join(', ')}.`);
    return 0;
  }
  process.kill(node.pid, 'SIGTERM');
  for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
    if (!isRunning(node)) {
      if (out.json) out.data({ stopped: true, pid: node.pid });
      else out.line(`${out.style.green('✔')} Stopped. Markets and money are kept; "npm start" carries on with them.`);
      return 0;
    }
    await sleep(STEP_MS);
  }
  const message = `The node (process ${node.pid}) did not end within ${PATIENCE_MS / 1_000} seconds.`;
  return fail({
    code: 'process.already-running',
    message,
    next: `Look at ${home}/logs, then end it with: kill -9 ${node.pid}. Nothing acknowledged is lost.`,
  });
};
