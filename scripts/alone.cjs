'use strict';
/** One process at a time sets up a checkout: others wait for it, and go on from one that was killed. For any Node from 14 on. */
const fs = require('node:fs');

const POLL_MS = 200;

const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);

/** The process that a lock names; NaN where it is gone by now, or not written yet. */
const ownerOf = (file) => {
  try {
    return Number.parseInt(fs.readFileSync(file, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
};

const runs = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const take = (file) => {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
};

/**
 * Does `work` while no other process does what it has under the same lock.
 * @param file the lock, in a folder that exists; it holds the number of the process that works
 * @param onWait is told once, of the process that is waited for
 */
const alone = (file, onWait, work) => {
  let told = false;
  while (!take(file)) {
    const owner = ownerOf(file);
    if (!Number.isNaN(owner) && !runs(owner)) {
      fs.rmSync(file, { force: true });
      continue;
    }
    if (!told && !Number.isNaN(owner)) {
      told = true;
      onWait(owner);
    }
    pause();
  }
  const release = () => fs.rmSync(file, { force: true });
  // Work may end the process.
  process.on('exit', release);
  try {
    return work();
  } finally {
    process.off('exit', release);
    release();
  }
};

module.exports = { alone };
