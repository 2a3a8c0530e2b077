/** The faults: each takes a scene on a world of its own and says how it ended. */

import { startWatch } from '../../packages/node/test/watch-process.ts';
import { type Party, WATCHER_KEY, type World } from '../../packages/node/test/watch-world.ts';
import { startProxy } from './proxy.ts';
import { begin, mined, playOut, type Scene, TERMS } from './scenes.ts';

export type Outcome = 'void' | 'final' | 'undecided';

export type Fault = {
  readonly name: string;
  readonly play: (world: World, scene: Scene) => Promise<Outcome>;
};

const HONEST = 1;

/**
 * A real process, killed at each of its transactions: once before it has left, once when the chain has it and the answer is
 * still on its way; and started again.
 */
export const kills: Fault = {
  name: 'killed at every transaction, before it left and before it was answered',
  play: async (world, scene) => {
    const helper = await world.party(HONEST);
    const rogue = await scene.rogue(world);
    const id = await begin(world, scene, helper, rogue);
    const home = world.home([scene.inputs]);
    let life = 0;
    let kill: () => void = () => undefined;
    const proxy = await startProxy(world.local.rpcUrl, {
      before: () => {
        if (life % 2 === 1) return 'passes';
        kill();
        return 'lost';
      },
      after: () => kill(),
    });
    try {
      for (; life < 60; life++) {
        let wasKilled = false;
        const killed = new Promise<void>((resolve) => {
          kill = () => {
            wasKilled = true;
            resolve();
          };
        });
        const watch = startWatch(
          { rpcUrl: proxy.rpcUrl, key: WATCHER_KEY },
          { home, programs: [world.folder], once: true },
        );
        const ended = (async () => {
          for await (const _ of watch.messages);
        })();
        await Promise.race([killed, ended]);
        await watch.kill();
        await ended;
        const before = mined(rogue);
        const view = (await rogue.settle())?.known.find((known) => known.view.id === id)?.view;
        if (view?.state === 'void' || view?.state === 'final') return view.state;
        if (!wasKilled && mined(rogue) === before) await world.pass(TERMS.clockSeconds + 1);
      }
      return 'undecided';
    } finally {
      await proxy.close();
    }
  },
};

/** After each of the first moves the newest blocks are replaced by others without them. */
export const reorganisation = (depth: number): Fault => ({
  name: `reorganisations of depth ${depth}`,
  play: async (world, scene) => {
    const honest = await world.party(HONEST);
    const rogue = await scene.rogue(world);
    const id = await begin(world, scene, honest, rogue);
    // So that it is moves that are taken back, and not the claim.
    await world.local.rpc('anvil_mine', ['0x4']);
    let left = 4;
    let seen = 0;
    const disturb = async (): Promise<void> => {
      const now = mined(honest) + mined(rogue);
      if (left === 0 || now === seen) return;
      left -= 1;
      seen = now;
      await world.local.rpc('anvil_reorg', [depth, []]);
    };
    return playOut(world, id, async () => honest, rogue, disturb);
  },
});

/** Of the honest side's transactions every tenth passes, and a block goes by with each that does not. */
export const congestion: Fault = {
  name: 'congested: every tenth transaction passes',
  play: async (world, scene) => {
    let count = 0;
    const proxy = await startProxy(world.local.rpcUrl, {
      before: async () => {
        count += 1;
        if (count % 10 === 0) return 'passes';
        await world.pass(12);
        return 'lost';
      },
    });
    try {
      const ready = await world.party(HONEST);
      const rogue = await scene.rogue(world);
      const id = await begin(world, scene, ready, rogue);
      const honest = await world.party(HONEST, { rpcUrl: proxy.rpcUrl, outbidSeconds: 0.03 });
      return await playOut(world, id, async () => honest, rogue);
    } finally {
      await proxy.close();
    }
  },
};

/** The own clock is minutes off, and the watcher told so. */
export const skew = (seconds: number): Fault => ({
  name: `own clock ${seconds > 0 ? 'fast' : 'slow'} by ${Math.abs(seconds) / 60} min`,
  play: async (world, scene) => {
    const now = (): number => Math.floor(Date.now() / 1_000) + seconds;
    const honest: Party = await world.party(HONEST, { now, skewSeconds: 600 });
    const rogue = await scene.rogue(world);
    const id = await begin(world, scene, honest, rogue);
    return playOut(world, id, async () => honest, rogue);
  },
});
