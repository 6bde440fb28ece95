import type { Client, ClientConfig, QueryResultRow } from 'pg';
import { RegistryError } from '#core/registry/registry.ts';
import { MIGRATIONS } from './postgres-schema.ts';

/** A connection that runs parametrized statements. */
export interface Sql {
  query<R extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<R[]>;
}

/** How long a connection may take, and how long an answer, in milliseconds. */
const MAX_CONNECT_MS = 10_000;
const MAX_QUERY_MS = 30_000;

/**
 * A connection to the database of a registry, opened when first used and again after it broke. `url` has its
 * password in it; no message ever shows it.
 */
export class PostgresConnection {
  /** Scheme, user, host and database, without the password. */
  readonly address: string;
  readonly #config: ClientConfig;
  #client: Promise<Client> | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #isReady = false;

  constructor(url: string) {
    const { config, address } = parseConfig(url);
    this.#config = config;
    this.address = address;
  }

  /** Runs `action` in a transaction of its own; statements of others wait. */
  async transaction<T>(action: (sql: Sql) => Promise<T>): Promise<T> {
    return await this.#inTurn((sql) => inTransaction(sql, () => action(sql)));
  }

  /** Runs one statement. */
  async query<R extends QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<R[]> {
    return await this.#inTurn((sql) => sql.query<R>(text, values));
  }

  /** A connection of its own that listens to a channel; `lost` is called once if it breaks. */
  async listen(
    channel: string,
    heard: (payload: string) => void,
    lost: () => void,
  ): Promise<() => void> {
    // The schema must be there: what is missing is said before anyone waits for news.
    await this.query('select 1');
    let isWanted = true;
    const client = await this.#connect(() => {
      if (isWanted) lost();
      isWanted = false;
    });
    client.on('notification', ({ payload }) => heard(payload ?? ''));
    await client.query(`listen ${client.escapeIdentifier(channel)}`).catch((error) => {
      isWanted = false;
      throw this.#explain(error);
    });
    return () => {
      isWanted = false;
      void client.end().catch(() => {});
    };
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await (await client?.catch(() => null))?.end().catch(() => {});
  }

  #inTurn<T>(action: (sql: Sql) => Promise<T>): Promise<T> {
    const next = this.#queue.then(async () => {
      try {
        const client = await this.#open();
        const sql = createSql(client);
        if (!this.#isReady) {
          await migrate(sql, this.address);
          this.#isReady = true;
        }
        return await action(sql);
      } catch (error) {
        throw this.#explain(error);
      }
    });
    this.#queue = next.catch(() => {});
    return next;
  }

  async #open(): Promise<Client> {
    this.#client ??= this.#connect(() => {
      this.#client = null;
    });
    try {
      return await this.#client;
    } catch (error) {
      this.#client = null;
      throw error;
    }
  }

  /** `ended` may be called more than once. */
  async #connect(ended: () => void): Promise<Client> {
    const { Client } = await import('pg');
    const client = new Client(this.#config);
    // A server that goes away between two statements tells it here.
    client.on('error', ended);
    client.on('end', ended);
    await client.connect().catch((error) => {
      throw this.#explain(error);
    });
    return client;
  }

  /** Server and driver say much: one sentence of it, and never the password. */
  #explain(error: unknown): RegistryError {
    if (error instanceof RegistryError) return error;
    const { code = '', message = '' } = error as { code?: string; message?: string };
    const where = this.address;
    const wantsPassword = code === '' && /password/i.test(message);
    if (code.startsWith('28') || wantsPassword)
      return new RegistryError('denied', `${where} rejected the user or the password`);
    if (code === '42501')
      return new RegistryError('denied', `${where}: this user lacks the permission (${message})`);
    if (code === '3D000')
      return new RegistryError('missing', `${where}: the database does not exist`);
    if (code === '53100' || code === '53200')
      return new RegistryError('full', `${where} is out of space: nothing was changed`);
    if (code === '53300') return new RegistryError('busy', `${where} has too many connections`);
    if (code.startsWith('57P') || code.startsWith('08') || /^E[A-Z]+$/.test(code) || code === '') {
      // An answer that comes late would be taken for that of the next statement.
      void this.close();
      return new RegistryError(
        'unreachable',
        `${where} does not answer${/^E[A-Z]+$/.test(code) ? ` (${code})` : ''}: is the server running? What was not finished was not changed`,
      );
    }
    return new RegistryError('invalid', `${where}: ${message} (${code})`);
  }
}

function createSql(client: Client): Sql {
  return {
    async query<R extends QueryResultRow>(text: string, values: readonly unknown[] = []) {
      const { rows } = await client.query<R>(text, [...values]);
      return rows;
    },
  };
}

async function inTransaction<T>(sql: Sql, action: () => Promise<T>): Promise<T> {
  await sql.query('begin');
  try {
    const result = await action();
    await sql.query('commit');
    return result;
  } catch (error) {
    await sql.query('rollback').catch(() => {});
    throw error;
  }
}

/** Brings the schema up to date, one process at a time; refuses one of a newer Promptsmith. */
async function migrate(sql: Sql, where: string): Promise<void> {
  if ((await readSchemaVersion(sql, where)) === MIGRATIONS.length) return;
  // Before the transaction, so that it sees what another process has just made.
  await sql.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await inTransaction(sql, () => runMigrations(sql, where));
  } finally {
    await sql.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

async function runMigrations(sql: Sql, where: string): Promise<void> {
  const done = await readSchemaVersion(sql, where);
  if (done === 0) {
    await sql.query('create schema if not exists promptsmith');
    await sql.query(
      'create table promptsmith.migrations (id integer primary key, at timestamptz not null default now())',
    );
  }
  for (const [i, step] of MIGRATIONS.entries()) {
    if (i < done) continue;
    await sql.query(step);
    await sql.query('insert into promptsmith.migrations (id) values ($1)', [i + 1]);
  }
}

/** Any number that other programs are unlikely to lock. */
const LOCK = 7_021_904_311;

async function readSchemaVersion(sql: Sql, where: string): Promise<number> {
  const [found] = await sql.query<{ there: boolean }>(
    "select to_regclass('promptsmith.migrations') is not null as there",
  );
  if (!found?.there) return 0;
  const [row] = await sql.query<{ id: number }>(
    'select coalesce(max(id), 0) as id from promptsmith.migrations',
  );
  const version = row?.id ?? 0;
  if (version > MIGRATIONS.length)
    throw new RegistryError(
      'newer',
      `${where} was set up by a newer Promptsmith (schema ${version}): update this one`,
    );
  return version;
}

function parseConfig(url: string): { config: ClientConfig; address: string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new RegistryError('invalid', 'the address of the registry is not a postgres:// URL');
  }
  const { username, password, hostname, port, pathname, searchParams } = parsed;
  const database = decodeURIComponent(pathname.slice(1));
  // A folder as host is a socket, as everywhere in PostgreSQL.
  const host = searchParams.get('host') ?? decodeURIComponent(hostname.replace(/^\[|\]$/g, ''));
  const user = decodeURIComponent(username);
  if (host === '' || database === '')
    throw new RegistryError(
      'invalid',
      'the address of the registry needs host and database: postgres://user:${env:PGPASSWORD}@host/database',
    );
  const secret = decodeURIComponent(password);
  const tls = parseTlsMode(searchParams.get('sslmode'));
  const at = `${host.startsWith('/') ? 'localhost' : hostname}${port === '' ? '' : `:${port}`}`;
  return {
    address: `postgres://${user === '' ? '' : `${username}@`}${at}/${database}`,
    config: {
      host,
      port: port === '' ? 5432 : Number(port),
      database,
      // Never from PGPASSWORD or ~/.pgpass: a password goes where its URL says, and nowhere else.
      password: () => secret,
      ...(user === '' ? {} : { user }),
      ssl: tls,
      application_name: 'promptsmith',
      connectionTimeoutMillis: MAX_CONNECT_MS,
      query_timeout: MAX_QUERY_MS,
      keepAlive: true,
    },
  };
}

/** As libpq means them: `require` encrypts, `verify-full` also checks who answers. */
function parseTlsMode(mode: string | null): boolean | { rejectUnauthorized: boolean } {
  switch (mode) {
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify-ca':
    case 'verify-full':
      return true;
    default:
      return false;
  }
}
