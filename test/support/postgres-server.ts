import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgres, missingPostgres } from '../../scripts/postgres.mjs';

/** A PostgreSQL of the tests' own, in a temporary folder, reached by a socket in it. */
export interface PostgresServer {
  /** `postgres://user:password@localhost/database?host=…` of a new, empty database. */
  database(): Promise<string>;
  /** Runs statements as the superuser. */
  sql(url: string, text: string): Promise<unknown[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const PORT = 5432;

/** Starts one. Throws with a message for people when there is no PostgreSQL to start. */
export async function startPostgres(bin: string | null = findPostgres()): Promise<PostgresServer> {
  if (bin === null) throw new Error(missingPostgres() ?? 'there is no PostgreSQL');
  const folder = await mkdtemp(join(tmpdir(), 'pg-'));
  const owner = unprivileged();
  if (owner) await chown(folder, owner.uid, owner.gid);
  // Another user may not look into root's cache.
  const isSystem = bin.startsWith('/usr/');
  const programs = owner && !isSystem ? join(folder, 'native', 'bin') : bin;
  if (programs !== bin)
    await cp(dirname(bin), dirname(programs), { recursive: true, verbatimSymlinks: true });
  const data = join(folder, 'data');
  const password = randomBytes(12).toString('hex');
  const secret = join(folder, 'password');
  await writeFile(secret, password);
  if (owner) await chown(secret, owner.uid, owner.gid);
  const options = { cwd: folder, ...owner, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } };
  const call = (program: string, ...args: string[]) => run(join(programs, program), args, options);
  await call(
    'initdb',
    ...['--pgdata', data, '--username', 'owner', '--pwfile', secret, '--no-sync'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--auth', 'scram-sha-256'],
  );
  await rm(secret);
  const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -p ${PORT} -c fsync=off -c max_connections=200`;
  const log = join(folder, 'log');
  const start = async () => {
    await call('pg_ctl', 'start', '-w', '-t', '60', '-D', data, '-l', log, '-o', settings);
  };
  const stop = async () => {
    await call('pg_ctl', 'stop', '-w', '-m', 'immediate', '-D', data);
  };
  await start();
  const url = (name: string) =>
    `postgres://owner:${password}@localhost/${name}?host=${encodeURIComponent(folder)}`;
  const sql = async (address: string, text: string): Promise<unknown[]> => {
    const { Client } = await import('pg');
    const { username, password: key, pathname } = new URL(address);
    const client = new Client({
      host: folder,
      port: PORT,
      user: username,
      password: key,
      database: pathname.slice(1),
    });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };
  let databases = 0;
  return {
    sql,
    start,
    stop,
    async database() {
      const name = `db${++databases}`;
      await sql(url('postgres'), `create database ${name}`);
      return url(name);
    },
    async remove() {
      await stop().catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to be run by root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, user], { stdio: 'pipe', encoding: 'utf8' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The next one.
    }
  }
  return undefined;
}
