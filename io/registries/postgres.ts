import { verifyBundle } from '#core/registry/bundle.ts';
import { readAttachedEval, readLabelMove, readVersionRecord } from '#core/registry/records.ts';
import {
  type AttachedEval,
  type Bundle,
  type LabelMove,
  type LabelState,
  type RegisteredPrompt,
  type Registry,
  RegistryError,
  type RegistryEvent,
  type VersionRecord,
} from '#core/registry/registry.ts';
import { compareVersions, latestVersion } from '#core/registry/semver.ts';
import { checkLabel, checkName, checkVersion } from './checks.ts';
import {
  createConcurrentError,
  createLabelMovedError,
  createVersionExistsError,
} from './conflicts.ts';
import { PostgresConnection, type Sql } from './postgres-connection.ts';
import { CHANNEL } from './postgres-schema.ts';

/**
 * A registry in PostgreSQL, for teams and CI. Every statement is fixed text with parameters; what is
 * published or moved is one transaction, and told to whoever listens when it is committed.
 */
export class PostgresRegistry implements Registry {
  readonly address: string;
  readonly #connection: PostgresConnection;

  /** `url` with its password in it. Throws RegistryError when it is none. */
  constructor(url: string) {
    this.#connection = new PostgresConnection(url);
    this.address = this.#connection.address;
  }

  async list(): Promise<RegisteredPrompt[]> {
    const rows = await this.#connection.query<{ name: string; label: string | null } & MoveRow>(
      `select p.name, m.label, m.n, m.record::text as record
       from (select distinct name from promptsmith.versions) p
       left join (select distinct on (name, label) * from promptsmith.moves
                  order by name, label, n desc) m on m.name = p.name
       order by p.name collate "C", m.label collate "C"`,
    );
    const prompts = new Map<string, { name: string; labels: LabelState[]; problem?: string }>();
    for (const { name, label, n, record } of rows) {
      const prompt = prompts.get(name) ?? { name, labels: [] };
      prompts.set(name, prompt);
      if (label === null) continue;
      try {
        prompt.labels.push(createLabelState(name, label, { n, record }));
      } catch (error) {
        prompt.problem = (error as Error).message;
      }
    }
    return [...prompts.values()];
  }

  async versions(name: string): Promise<VersionRecord[]> {
    checkName(name);
    const rows = await this.#connection.query<{ version: string; record: string }>(
      'select version, record::text as record from promptsmith.versions where name = $1',
      [name],
    );
    return rows
      .map(({ version, record }) => readVersionRecord(record, `${name}@${version}`))
      .sort((a, b) => compareVersions(b.version, a.version));
  }

  async bundle(name: string, version: string): Promise<Bundle> {
    checkName(name);
    checkVersion(version);
    const [row] = await this.#connection.query<{ record: string; body: Buffer }>(
      'select record::text as record, body from promptsmith.versions where name = $1 and version = $2',
      [name, version],
    );
    if (!row) throw createMissingError(name, version);
    const where = `${name}@${version}`;
    const record = readVersionRecord(row.record, where);
    const blobs = await this.#connection.query<{ sha256: string; body: Buffer }>(
      'select sha256, body from promptsmith.blobs where name = $1 and sha256 = any($2)',
      [name, record.files.map(({ sha256 }) => sha256)],
    );
    const texts = new Map(blobs.map(({ sha256, body }) => [sha256, body.toString('utf8')]));
    const bundle = {
      text: row.body.toString('utf8'),
      files: record.files.map(({ path, sha256 }) => ({ path, text: texts.get(sha256) ?? '' })),
    };
    verifyBundle(record, bundle, where);
    return bundle;
  }

  async publish(
    name: string,
    record: VersionRecord,
    bundle: Bundle,
    { restore = false }: { readonly restore?: boolean } = {},
  ): Promise<void> {
    checkName(name);
    checkVersion(record.version);
    verifyBundle(record, bundle, `${name}@${record.version}`);
    await this.#connection.transaction(async (sql) => {
      await lockName(sql, name);
      const rows = await sql.query<{ version: string }>(
        'select version from promptsmith.versions where name = $1',
        [name],
      );
      const published = rows.map(({ version }) => version);
      if (published.includes(record.version)) throw createVersionExistsError(name, record.version);
      const latest = latestVersion(published);
      if (!restore && latest !== record.parent)
        throw createConcurrentError(name, latest, record.parent);
      for (const [i, { sha256 }] of record.files.entries())
        await sql.query(
          'insert into promptsmith.blobs (name, sha256, body) values ($1, $2, $3) on conflict do nothing',
          [name, sha256, Buffer.from(bundle.files[i]?.text ?? '')],
        );
      await sql.query(
        'insert into promptsmith.versions (name, version, record, body) values ($1, $2, $3, $4)',
        [name, record.version, JSON.stringify(record), Buffer.from(bundle.text)],
      );
      await notify(sql, { name, what: 'version', which: record.version });
    });
  }

  async moves(name: string): Promise<LabelState[]> {
    checkName(name);
    const rows = await this.#connection.query<{ label: string } & MoveRow>(
      `select label, n, record::text as record from promptsmith.moves
       where name = $1 order by label collate "C", n`,
      [name],
    );
    return rows.map(({ label, ...row }) => createLabelState(name, label, row));
  }

  async move(name: string, label: string, n: number, move: LabelMove): Promise<void> {
    checkName(name);
    checkLabel(label);
    await this.#connection.transaction(async (sql) => {
      await lockName(sql, name);
      for (const version of [move.version, ...Object.keys(move.split ?? {})])
        await requireVersion(sql, name, version);
      const [last] = await sql.query<MoveRow>(
        `select n, record::text as record from promptsmith.moves
         where name = $1 and label = $2 order by n desc limit 1`,
        [name, label],
      );
      if ((last?.n ?? 0) !== n - 1)
        throw createLabelMovedError(name, label, last ? createLabelState(name, label, last) : null);
      await sql.query(
        'insert into promptsmith.moves (name, label, n, record) values ($1, $2, $3, $4)',
        [name, label, n, JSON.stringify(move)],
      );
      await notify(sql, { name, what: 'label', which: label });
    });
  }

  async evals(name: string, version: string): Promise<AttachedEval[]> {
    checkName(name);
    checkVersion(version);
    const rows = await this.#connection.query<{ run: string; record: string }>(
      `select run, record::text as record from promptsmith.evals
       where name = $1 and version = $2 order by run collate "C"`,
      [name, version],
    );
    return rows.map(({ run, record }) =>
      readAttachedEval(record, `run ${run} of ${name}@${version}`),
    );
  }

  async attachEval(name: string, version: string, result: AttachedEval): Promise<void> {
    checkName(name);
    await this.#connection.transaction(async (sql) => {
      await requireVersion(sql, name, version);
      await sql.query(
        `insert into promptsmith.evals (name, version, run, record) values ($1, $2, $3, $4)
         on conflict do nothing`,
        [name, version, result.run.id, JSON.stringify(result)],
      );
      await notify(sql, { name, what: 'eval', which: version });
    });
  }

  async watch(
    listener: (event: RegistryEvent) => void,
    lost: () => void = () => {},
  ): Promise<() => void> {
    const heard = (payload: string) => {
      const event = readEvent(payload);
      if (event) listener(event);
    };
    return await this.#connection.listen(CHANNEL, heard, lost);
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

interface MoveRow {
  readonly n: number;
  readonly record: string;
}

function createLabelState(name: string, label: string, { n, record }: MoveRow): LabelState {
  return { ...readLabelMove(record, `move ${n} of ${label} of ${name}`), label, n };
}

/** One writer of a prompt at a time; the lock ends with the transaction. */
async function lockName(sql: Sql, name: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 7021904311))', [name]);
}

async function requireVersion(sql: Sql, name: string, version: string): Promise<void> {
  checkVersion(version);
  const found = await sql.query(
    'select 1 from promptsmith.versions where name = $1 and version = $2',
    [name, version],
  );
  if (found.length === 0) throw createMissingError(name, version);
}

/** Is heard when the transaction is committed, and not at all when it fails. */
async function notify(sql: Sql, event: RegistryEvent): Promise<void> {
  await sql.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(event)]);
}

function readEvent(payload: string): RegistryEvent | null {
  try {
    const { name, what, which } = JSON.parse(payload) as Record<string, unknown>;
    const isEvent = typeof name === 'string' && typeof which === 'string';
    if (!isEvent || (what !== 'version' && what !== 'label' && what !== 'eval')) return null;
    return { name, what, which };
  } catch {
    return null;
  }
}

function createMissingError(name: string, version: string): RegistryError {
  return new RegistryError('missing', `${name} has no version ${version}`);
}
