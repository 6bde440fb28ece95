import { rules } from '#core/rules/index.ts';

/** A project with the bad and good files of every rule's page, settings, a workflow and comments. */
export function ruleFiles(): Record<string, string> {
  const files: Record<string, string> = {
    '.git/HEAD': '',
    '.promptsmith.yaml': 'mode: audit\nrules: { unknown-model: info, nothing: off }\n',
  };
  for (const { id, docs, group } of rules) {
    // Its pattern is one for newer versions of Node: the test and the program run on two.
    if (id === 'evaluator-alias') continue;
    for (const [kind, text] of Object.entries({ bad: docs.bad, good: docs.good })) {
      if (group !== 'files') {
        files[`rules/${id}/${kind}.prompt.yaml`] = `${text}\n`;
        continue;
      }
      const [workflow = '', prompt = ''] = text.split('\n---\n');
      const path = `rules/${id}/${kind}.prompt.yaml`;
      files[`.github/workflows/${id}-${kind}.yml`] =
        `${workflow.replace(/prompt-file: \S+/, `prompt-file: ${path}`)}\n`;
      files[path] = `${prompt}\n`;
    }
  }
  files['known/a.prompt.yaml'] = 'modle: x\nmessages:\n  - role: user\n    content: "{{ x }}"\n';
  files['known/b.prompt.yaml'] =
    'messages:\n  - role: user\n    # promptsmith-disable-next-line foreign-template-syntax -- fine\n    content: "{{ x }}"\n';
  return files;
}
