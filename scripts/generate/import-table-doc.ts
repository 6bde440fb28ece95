import { floors, importTable } from '../import-table.ts';
import { betweenMarkers } from './between-markers.ts';

/** ARCHITECTURE.md with the import table up to date. */
export function importTableDoc(current: string): string {
  const rows = importTable
    .filter(({ path }) => !floors.some((floor) => path === `core/${floor}`))
    .map(({ path, modules, packages, never = [] }) => {
      const others = modules.filter((module) => ![`${path}/**`, `${path}/*.ts`].includes(module));
      return `| \`${path}\` | ${list(others)} | ${list(packages)} | ${list(never)} |`;
    });
  const ladder = floors.map((floor) => `\`core/${floor}\``).join(' → ');
  const table = [
    '| files in | may import, besides themselves | packages | never |',
    '|---|---|---|---|',
    ...rows,
  ];
  const text = `${table.join('\n')}\n\nInside core each folder may import the files directly in core (but not \`core/protocol.ts\`), itself, and those before it: ${ladder}. Its packages are those of \`core\`.`;
  return betweenMarkers(current, 'imports', text);
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
