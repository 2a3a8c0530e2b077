/** Free ports on loopback. */
import { createServer } from 'node:net';

const listenOnce = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });

/** Whether nothing listens on a loopback port. */
export const isPortFree = async (port: number): Promise<boolean> => (await listenOnce(port)) !== undefined;

/** The wanted port if it is free, else one that the system picks. */
export const freePort = async (wanted: number): Promise<number> =>
  (await listenOnce(wanted)) ?? (await listenOnce(0)) ?? wanted;
