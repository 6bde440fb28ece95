import { child, type Node, readString } from '../../prompt/node.ts';
import { cleanFilePath } from './shell.ts';
import { listSteps, readText } from './steps-flow.ts';

/** The paths of the local workflows and the folders of the local actions that a text names. */
export function listLocalUses(text: string): string[] {
  return [...text.matchAll(/^[ \t-]{0,60}uses:[ \t]{0,9}['"]?\.\/([^\s'"#@]{1,200})/gm)].map(
    ([, path = '']) => path.replace(/\/$/, ''),
  );
}

/** True for the path of a local action. */
export function isAction(path: string): boolean {
  return /(?:^|\/)action\.ya?ml$/.test(path) && !/^\.github\/workflows\//.test(path);
}

/** The events that start a workflow. */
export function listEvents(root: Node | null): string[] {
  const on = child(root, 'on');
  switch (on?.type) {
    case 'map':
      return on.entries.map(({ key }) => key.source);
    case 'list':
      return on.items.map(readText);
    default:
      return on ? [readText(on)] : [];
  }
}

/** What a workflow says about an event. */
export function eventNode(root: Node | null, event: string): Node | undefined {
  return child(child(root, 'on'), event);
}

/** True if a job checks out another repository, or its own into a folder. */
export function hasOtherCheckout(job: Node): boolean {
  return listSteps(job).some((step) => {
    const given = child(step, 'with');
    const isCheckout = /(?:^|\/)checkout@/.test(readString(child(step, 'uses')) ?? '');
    return isCheckout && ['repository', 'path'].some((name) => child(given, name) !== undefined);
  });
}

/** The `working-directory` that applies; null if an expression decides. */
export function findFolder(holders: readonly (Node | undefined)[]): string | null {
  for (const holder of holders) {
    const own =
      child(holder, 'working-directory') ?? child(child(holder, 'run'), 'working-directory');
    const text = own ? readText(own) : undefined;
    if (text !== undefined) return text.includes('${{') ? null : cleanFilePath(text);
  }
  return '';
}
