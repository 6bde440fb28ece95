import type { Rule } from '../../lint/engine/rule.ts';

export const versionNotBumped: Rule = {
  id: 'version-not-bumped',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['registry'],
  fix: 'safe',
  summary: '`version` is not a semantic version, so the prompt cannot be published',
  docs: {
    why: 'The registry uses semantic versions with three numbers, such as `1.4.0`: they show which version is newer and how much may have changed. With two numbers, YAML reads `1.10` as the number 1.1.',
    bad: `version: 1.0
messages:
  - role: user
    content: Say hello.`,
    good: `version: 1.0.0
messages:
  - role: user
    content: Say hello.`,
    unless: 'The prompt is never published.',
  },
  *check({ prompt }) {
    const { version } = prompt;
    if (!version || version.value === null || SEMVER.test(version.source)) return;
    const meant = asSemver(version.source);
    const example = meant ?? '1.0.0';
    const message = `\`${version.source}\` is not a semantic version and cannot be published. Use three numbers, such as \`${example}\`.`;
    const edits = [{ span: version.span, text: example }];
    const fix = { title: `Change it to \`${example}\``, safe: true, edits };
    yield { message, span: version.span, ...(meant && !version.alias ? { fixes: [fix] } : {}) };
  },
};

/** https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string */
const SEMVER =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Completes a version: `v1.2` → `1.2.0`. */
function asSemver(version: string): string | undefined {
  const [, major = '', minor = '0', patch = '0'] =
    /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$/i.exec(version.trim()) ?? [];
  if (major === '') return undefined;
  return [major, minor, patch].map(Number).join('.');
}
