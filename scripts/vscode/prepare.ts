// Fetches what the tests in a real VS Code need, so that no test waits for a download.
import { missingMeans } from '../../test/host/means.ts';
import { findTool } from '../tool.ts';
import { findVscode, vscodeBuilds } from './builds.ts';

const builds = vscodeBuilds.filter((build) => missingMeans(build) === null);
try {
  if (builds.length > 0) await findTool('vsce');
  for (const build of builds) await findVscode(build);
} catch (error) {
  // The tests say it again, each by its name.
  console.error(error instanceof Error ? error.message : error);
}
