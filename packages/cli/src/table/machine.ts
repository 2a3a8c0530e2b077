/** The node of this machine, and this program. */
import { yes } from './options.ts';
import type { CommandSpec } from './spec.ts';

export const MACHINE: readonly CommandSpec[] = [
  {
    name: 'status',
    summary: 'What runs here, and your balance',
    args: '',
    takes: [0, 0],
    options: {},
    examples: ['surety status'],
    load: () => import('../commands/status.ts'),
  },
  {
    name: 'doctor',
    summary: 'Check this machine and the node, and say how to mend what is wrong',
    args: '',
    takes: [0, 0],
    options: {},
    examples: ['surety doctor'],
    load: () => import('../commands/doctor.ts'),
  },
  {
    name: 'mcp',
    summary: 'Offer the tools of the node to an MCP client over a pipe',
    args: '',
    takes: [0, 0],
    options: {},
    examples: ['surety mcp', 'surety mcp --url http://127.0.0.1:4810'],
    about:
      'For clients that start a program (stdio) instead of naming an address; the same tools are served over HTTP at /mcp of the node. Standard output carries protocol messages only. ask and trade spend from the account of the node, within its limit.',
    load: () => import('../commands/mcp.ts'),
  },
  {
    name: 'stop',
    summary: 'Stop the node that runs here',
    args: '',
    takes: [0, 0],
    options: {},
    examples: ['surety stop'],
    load: () => import('../commands/stop.ts'),
  },
  {
    name: 'reset',
    summary: 'Erase keys, markets and money of this folder',
    args: '',
    takes: [0, 0],
    options: { yes },
    examples: ['surety reset'],
    load: () => import('../commands/reset.ts'),
  },
  {
    name: 'deploy',
    summary: 'Put the contracts on an EVM chain',
    args: '',
    takes: [0, 0],
    options: {
      'rpc-url': { type: 'string', value: 'URL', help: 'JSON-RPC of the chain' },
      key: { type: 'string', short: 'k', value: 'FILE', help: 'File with the deployer key, 32 bytes in hex' },
      token: {
        type: 'string',
        value: 'ADDRESS',
        help: 'Dollar token of the chain (a development dollar where there is none)',
      },
      yes,
    },
    examples: ['surety deploy --rpc-url http://127.0.0.1:8545'],
    load: () => import('../commands/deploy.ts'),
  },
  {
    name: 'completion',
    summary: 'Print shell completions',
    args: 'bash|zsh|fish',
    takes: [1, 1],
    options: {},
    examples: ['source <(surety completion bash)'],
    load: () => import('../commands/completion.ts'),
  },
  {
    name: 'help',
    summary: 'Show help of a command',
    args: '[COMMAND]',
    takes: [0, 2],
    options: {},
    examples: ['surety help ask'],
    load: () => import('../commands/help.ts'),
  },
];
