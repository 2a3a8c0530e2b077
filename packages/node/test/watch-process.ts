/** The watcher as operators run it. */
import type { WatchTask } from '../src/watch/main.ts';
import { type ProgramProcess, startProgram, type With } from './program-process.ts';

export const startWatch = (by: With, task: Partial<WatchTask> & Pick<WatchTask, 'home'>): ProgramProcess => {
  const whole: WatchTask = {
    programs: [],
    nodeUrls: [],
    once: false,
    until: [],
    maxStakeMicroUsd: '100000000000',
    maxDataStakeMicroUsd: '100000000000',
    maxPrepayWei: '10000000000000000000',
    skewSeconds: 0,
    riskSeconds: 30,
    auditPpm: 1_000_000,
    pollSeconds: 0.05,
    outbidSeconds: 1,
    withdraw: false,
    alertUrl: null,
    metricsPort: null,
    ...task,
  };
  return startProgram('watch/main.ts', by, whole);
};
