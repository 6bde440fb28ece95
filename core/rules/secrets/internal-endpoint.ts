import type { Rule } from '../../lint/engine/rule.ts';
import { DISCLOSURE } from '../security-tags.ts';

export const internalEndpoint: Rule = {
  id: 'internal-endpoint',
  severity: 'info',
  mode: 'pedantic',
  group: 'secrets',
  tags: DISCLOSURE,
  summary: 'A message contains an internal network address',
  docs: {
    why: 'Users can make a model repeat its prompt, so the address of an internal service reveals the structure of the network. Models also put such addresses into answers, where they do not work.',
    bad: `messages:
  - role: system
    content: Look up orders at http://10.20.0.7:8080/orders.`,
    good: `messages:
  - role: system
    content: Look up orders with the tool \`find_order\`.`,
    unless: 'Only people inside the network use the model.',
  },
  *check({ prompt }) {
    for (const { content } of prompt.messages) {
      for (const match of content?.text.matchAll(ADDRESS) ?? []) {
        const [whole, host = ''] = match;
        if (!content || !isInternal(host)) continue;
        yield {
          message: `${host} is an internal address, which users can make the model reveal. Keep it in the program that calls it.`,
          span: content.span(match.index, match.index + whole.length),
        };
      }
    }
  },
};

const ADDRESS =
  /\b(?:https?|wss?|ftp|postgres(?:ql)?|mysql|redis|mongodb):\/\/(?:[^\s/@:]{1,60}(?::[^\s/@]{1,60})?@)?([A-Za-z0-9.-]{3,120})(?::\d{1,5})?/g;

function isInternal(host: string): boolean {
  if (/^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]{3,11}$/.test(host)) return true;
  return /\.(?:internal|corp|lan|intranet|local|private|home\.arpa|svc\.cluster\.local)$/i.test(
    host,
  );
}
