import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.mjs';

/** Packages whose data is shipped although no bundle carries their code. */
const dataFrom = ['node_modules/js-tiktoken', 'node_modules/@pydantic/genai-prices'];

/**
 * The licence notices of the packages that the bundles really carry.
 * @param {import('esbuild').Metafile} metafile
 * @returns {string}
 */
export function thirdPartyNotices(metafile) {
  const folders = new Set(dataFrom);
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = bytesInOutput > 0 ? packageFolder(input) : null;
      if (folder) folders.add(folder);
    }
  }
  const notices = [...folders].map(notice).sort();
  return `Promptsmith contains the following packages.\n\n${[...new Set(notices)].join('\n')}`;
}

/** The innermost package that a file below node_modules belongs to. */
function packageFolder(input) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? null;
}

function notice(folder) {
  const path = join(root, folder);
  const about = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  const text = file ? readFileSync(join(path, file), 'utf8').trim() : authorOf(about);
  return `${'-'.repeat(80)}\n${about.name} ${about.version} (${about.license})\n\n${text}\n`;
}

/** What a package without a licence file says about itself. */
function authorOf({ author, license }) {
  const name = typeof author === 'string' ? author : author?.name;
  return `Licence: ${license}${name ? `\nCopyright: ${name}` : ''}`;
}
