import { PRESETS } from '#core/models/presets.ts';
import { betweenMarkers } from './between-markers.ts';

/** docs/providers.md with the table of presets. */
export function providersDoc(current: string): string {
  const rows = Object.entries(PRESETS).map(([name, { baseUrl, address, keys }]) => {
    const variable = address && `\`${address.variable}\``;
    const places = [
      ...(baseUrl === undefined ? [] : [`\`${baseUrl}\``]),
      ...(variable === undefined ? [] : [baseUrl === undefined ? variable : `or ${variable}`]),
    ];
    const named = keys.map((key) => `\`${key}\``).join(' or ');
    return `| \`${name}\` | ${places.join(', ')} | ${named || 'none'} |`;
  });
  const table = ['| preset | address | key |', '|---|---|---|', ...rows].join('\n');
  return betweenMarkers(current, 'presets', table);
}
