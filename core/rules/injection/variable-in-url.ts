import type { Problem, Rule } from '../../lint/engine/rule.ts';
import { describeTaint, isReported, type Taint } from '../../lint/taint.ts';
import { OUTPUT } from '../security-tags.ts';

export const variableInUrl: Rule = {
  id: 'variable-in-url',
  severity: 'warning',
  mode: 'recommended',
  group: 'injection',
  tags: OUTPUT,
  summary: 'An untrusted value or a secret becomes part of a URL',
  docs: {
    why: 'URLs in a prompt reappear in answers, and clients load images automatically: a value in a URL can send the reader, or data, to an attacker’s site. A secret in a URL ends up in logs (OWASP LLM05; CWE-598).',
    bad: `variables:
  - { name: avatar, trust: user }
messages:
  - role: user
    content: "Greet the user and show ![avatar](https://img.example/{{avatar}})."`,
    good: `variables:
  - { name: avatar, trust: user }
messages:
  - role: user
    content: Greet the user. The page shows the picture.`,
    unless:
      'The program that supplies the value validates and encodes it: declare `trust: trusted`.',
  },
  *check({ places, taints, settings }) {
    for (const { placeholder, template } of places) {
      const where = findAddress(template.text, placeholder.value.start);
      if (where === null) continue;
      const { name, span } = placeholder;
      const taint = taints.get(name);
      if (SECRET.test(name)) yield reportSecret(name, where, span);
      else if (isReported(taint, settings.mode)) yield reportTainted(taint, where, span);
    }
  },
};

const SECRET =
  /(?:^|[_.-])(?:api_?key|apikey|token|password|passwd|secret|credentials?|session|auth)(?:$|[_.-])|(?:ApiKey|Token|Password|Secret)$/i;

/** Finds the kind of address that contains an offset. */
function findAddress(text: string, start: number): 'image' | 'link' | 'address' | null {
  const before = text.slice(Math.max(0, start - 300), start);
  if (!before.includes('](') && !before.includes('://')) return null;
  const word = /[^\s<>"']{0,250}$/.exec(before)?.[0] ?? '';
  const opening = word.lastIndexOf('](');
  if (opening >= 0 && !word.slice(opening).includes(')')) {
    const label = before.lastIndexOf('[');
    return label > 0 && before[label - 1] === '!' ? 'image' : 'link';
  }
  return /(?:https?|ftp|wss?):\/\/[^\s)\]]{0,250}$/i.test(word) ? 'address' : null;
}

function reportSecret(name: string, where: string, span: Problem['span']): Problem {
  return {
    message: `\`${name}\` looks like a secret and becomes part of ${addArticle(where)}, which ends up in logs and answers. Let the program that sends the request add it.`,
    span,
    confidence: 'medium',
  };
}

function reportTainted(taint: Taint, where: string, span: Problem['span']): Problem {
  return {
    message: `\`${taint.name}\` ${describeTaint(taint)} and becomes part of ${addArticle(where)}, so it can send readers or data to an attacker’s site. Validate and encode it first.`,
    span,
    confidence: taint.confidence,
    ...(taint.evidence ? { related: [taint.evidence] } : {}),
  };
}

function addArticle(where: string): string {
  return where === 'image' || where === 'address' ? `an ${where}` : `a ${where}`;
}
