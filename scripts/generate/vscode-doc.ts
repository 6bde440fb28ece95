import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.mjs';
import { betweenMarkers } from './between-markers.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

/** docs/vscode.md with the commands and settings of the manifest. */
export function vscodeDoc(current: string): string {
  const { contributes }: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const withCommands = betweenMarkers(current, 'commands', commandTable(contributes));
  return betweenMarkers(withCommands, 'settings', settingTable(contributes));
}

function commandTable({ commands, keybindings, menus }: Manifest['contributes']): string {
  const hidden = menus.commandPalette.filter(({ when }) => when === 'false');
  const rows = commands
    .filter(({ command }) => !hidden.some((one) => one.command === command))
    .map(({ command, title }) => {
      const key = keybindings.find((one) => one.command === command)?.key;
      return `| Promptsmith: ${title} | ${key ? `\`${key}\`` : ''} |`;
    });
  return ['| command | key |', '|---|---|', ...rows].join('\n');
}

function settingTable({ configuration }: Manifest['contributes']): string {
  const rows = Object.entries(configuration.properties).map(([name, setting]) => {
    const choices = (setting.enum ?? []).map(
      (value, i) => ` \`${value}\`: ${setting.enumDescriptions?.[i] ?? ''}`,
    );
    const does = `${setting.markdownDescription}${choices.join('')}`.replaceAll('|', '\\|');
    return `| \`${name}\` | ${does} | \`${JSON.stringify(setting.default)}\` |`;
  });
  return ['| setting | description | default |', '|---|---|---|', ...rows].join('\n');
}
