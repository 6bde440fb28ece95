// Fetches what the tests in a real VS Code need, so that no test waits for a download.
import { findTool } from '../tool.ts';
import { findVscode, vscodeBuilds } from './builds.ts';
import { missingMeans } from './means.ts';

const builds = vscodeBuilds.filter((build) => missingMeans(build) === null);
try {
  for (const name of ['vsce', 'yaml-language-server']) await findTool(name);
  for (const build of builds) await findVscode(build);
} catch (error) {
  // The tests say it again, each by its name.
  console.error(error instanceof Error ? error.message : error);
}
