import type { CallInput, CallSite, Related } from '../engine/facts.ts';
import type { RuleContext } from '../engine/rule.ts';
import type { PlacedVariable } from '../placement.ts';

/** A value that a workflow passes to a placeholder. */
export interface TaintedInput {
  readonly call: CallSite;
  readonly input: CallInput;
  readonly place: PlacedVariable;
}

/** True if the workflows are read (null before), or cannot be read here (undefined). */
export function areCallSitesKnown({ facts }: Pick<RuleContext, 'facts'>): boolean {
  return facts.callSites !== null;
}

/**
 * Finds the tainted values of all workflows that reach a message, each with the first placeholder of its
 * variable. The prompt file and the settings take precedence over workflows.
 */
export function findTaintedInputs(
  { facts, places, taints }: Pick<RuleContext, 'facts' | 'places' | 'taints'>,
  isWanted: (place: PlacedVariable) => boolean = () => true,
): TaintedInput[] {
  return findInputs({ facts, places, taints }, isWanted).filter(
    ({ input: { trust } }) => trust === 'user' || trust === 'external',
  );
}

/** Finds all values of workflows that reach a message, whoever writes them. */
export function findInputs(
  { facts, places, taints }: Pick<RuleContext, 'facts' | 'places' | 'taints'>,
  isWanted: (place: PlacedVariable) => boolean,
): TaintedInput[] {
  const first = new Map<string, PlacedVariable>();
  for (const place of places) {
    const { name } = place.placeholder;
    if (!first.has(name) && isWanted(place)) first.set(name, place);
  }
  return (facts.callSites ?? []).flatMap((call) =>
    call.inputs.flatMap((input) => {
      const place = first.get(input.name);
      if (!place) return [];
      const { source } = taints.get(input.name);
      return source === 'declaration' || source === 'settings' ? [] : [{ call, input, place }];
    }),
  );
}

/** Traces a value from the workflow's expression to the placeholder. */
export function traceInput({ call, input, place }: TaintedInput): Related[] {
  return [
    { message: `${describeSource(input)}: ${input.expression}`, span: input.span, uri: call.uri },
    { message: `it becomes \`{{${input.name}}}\` here`, span: place.placeholder.span },
  ];
}

/** Describes who wrote a value, for messages. */
export function describeSource({ kind, trust }: CallInput): string {
  switch (kind) {
    case 'model':
      return 'a model’s answer';
    case 'file':
      return 'a file with third-party text';
    case 'expression':
    case 'text':
      return trust === 'user' ? 'text from whoever starts the workflow' : 'third-party text';
    default:
      return kind satisfies never;
  }
}
