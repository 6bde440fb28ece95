import { setTimeout as delay } from 'node:timers/promises';
import { latestVersion } from '#core/registry/semver.ts';
import { nextVersion } from '#core/registry/version.ts';
import { moveTo, publishSample } from './registry.ts';
import { openAddress } from './registry-address.ts';

/*
 * A process of its own that publishes and moves labels while others do: node registry-writer.ts <address>
 * <writers> <rounds>. Each writer tries again until it has published and moved in every round. Prints a
 * line for each success.
 */
const [address = '', writers = '1', rounds = '1'] = process.argv.slice(2);
await Promise.all(Array.from({ length: Number(writers) }, (_, i) => write(i)));

async function write(id: number): Promise<void> {
  const registry = await openAddress(address);
  const me = `${process.pid}-${id}`;
  for (let round = 0; round < Number(rounds); round++) {
    const version = await untilDone(async () => {
      const versions = (await registry.versions('busy')).map((record) => record.version);
      const parent = latestVersion(versions);
      const next = parent === null ? '1.0.0' : nextVersion(parent, 'minor');
      await publishSample(registry, 'busy', next, parent, `${me}-${round}`);
      return next;
    });
    console.log(`version ${version} ${me}-${round}`);
    const n = await untilDone(async () => {
      const moves = await registry.moves('busy');
      const last = moves.at(-1);
      const next = (last?.n ?? 0) + 1;
      await registry.move('busy', 'production', next, moveTo(version, last?.version ?? null, me));
      return next;
    });
    console.log(`move ${n} ${me}`);
  }
  await registry.close();
}

/** Others may be faster: then once more. */
async function untilDone<T>(action: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      const { kind } = error as { kind?: string };
      if (kind !== 'conflict' && kind !== 'busy') throw error;
      await delay(Math.random() * 20);
    }
  }
}
