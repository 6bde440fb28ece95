import { insertEntry } from '#core/prompt/edit.ts';
import { nodeAt } from '#core/prompt/locate.ts';
import { findEntry } from '#core/prompt/node.ts';
import { findOccurrence } from '../language/variables.ts';
import { type ActionSource, findFindings } from './action.ts';

/** Declares the variable in an injection finding as trusted. */
export const markTrusted: ActionSource = (analysis, selection) => {
  const { prompt, text } = analysis;
  const here = findOccurrence(prompt, selection.start);
  const finding = findFindings(analysis, selection).find(({ rule }) => rule.group === 'injection');
  const index = prompt.variables.findIndex((variable) => variable.name === here?.name);
  const variable = prompt.variables[index];
  if (!here || !finding || !variable || variable.trust) return [];
  const list = nodeAt(prompt.root, ['variables', index]);
  const named = nodeAt(prompt.root, ['variables', variable.name]);
  const map = list?.type === 'map' ? list : named;
  if (map?.type !== 'map' || map.alias) return [];
  const edit = insertEntry(map, 'trust', 'trusted', text, findEntry(map, 'name'));
  return [{ title: `Mark {{${here.name}}} as trusted`, kind: 'quickfix', edits: [edit], finding }];
};
