import { openBundle } from '#core/registry/bundle.ts';
import { parseReference } from '#core/registry/reference.ts';
import { resolveReference } from '#core/registry/resolve.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { REGISTRY_OPTIONS, withRegistry } from './registry-call.ts';

export const show: Command = {
  name: 'show',
  summary: 'print a published version',
  operands: 'REF',
  about: [
    'REF is name@1.4.0, name@production, name@latest or name@sha256:…. --format text (default) prints the exact file, messages the list that an application sends, json the whole record.',
  ],
  options: [...REGISTRY_OPTIONS, ...formatOptions(['text', 'messages', 'json'])],
  examples: [
    ['show support/triage@production --format messages', 'for an application'],
    ['show support/triage@1.4.0 -o old.prompt.yaml', 'the file as it was'],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const [text, ...more] = args.files;
  if (text === undefined || more.length > 0)
    throw new UsageError('show takes one REF, such as support/triage@production.');
  const reference = parseReference(text);
  if ('error' in reference) throw new UsageError(`${reference.error}.`);
  return await withRegistry(args, context, async (registry) => {
    const record = await resolveReference(registry, reference);
    const bundle = await registry.bundle(reference.name, record.version);
    if (wantsJson(args)) {
      const { name } = reference;
      terminal.printJson({ v: 1, name, record, ...bundle });
    } else if (args.text('format') === 'messages') {
      const { messages } = openBundle(bundle).document;
      const sent = messages.map(({ role, content }) => ({ role, content: content?.text ?? '' }));
      terminal.printJson(sent);
    } else terminal.write(bundle.text);
    return 0;
  });
}
