import { API_NAMES, type ModelApi } from '#core/models/model-api.ts';
import { PRESETS } from '#core/models/presets.ts';
import { betweenMarkers } from './between-markers.ts';
import { parametersTable } from './parameters-table.ts';
import { triedTable } from './tried-table.ts';

/** docs/providers.md with the tables of presets, of parameters, and of what was tried. */
export function providersDoc(current: string): string {
  const rows = Object.entries(PRESETS).map(
    ([name, { baseUrl, address, keys, api = 'chat', hasResponses }]) => {
      const variable = address && `\`${address.variable}\``;
      const places = [
        ...(baseUrl === undefined ? [] : [`\`${baseUrl}\``]),
        ...(variable === undefined ? [] : [baseUrl === undefined ? variable : `or ${variable}`]),
      ];
      const named = keys.map((key) => `\`${key}\``).join(' or ');
      return `| \`${name}\` | ${places.join(', ')} | ${named || 'none'} | ${describeApi(api)}${hasResponses ? `; ${describeApi('responses')} for models that need it` : ''} |`;
    },
  );
  const table = ['| preset | address | key | interface |', '|---|---|---|---|', ...rows].join('\n');
  const presets = betweenMarkers(current, 'presets', table);
  const parameters = betweenMarkers(presets, 'parameters', parametersTable());
  return betweenMarkers(parameters, 'tried', triedTable());
}

function describeApi(api: ModelApi): string {
  return API_NAMES[api].replace(/^the /, '');
}
