import { Ajv, type ErrorObject } from 'ajv';
import promptSchema from '#schemas/prompt.schema.json' with { type: 'json' };
import settingsSchema from '#schemas/settings.schema.json' with { type: 'json' };

/** A compiled JSON Schema: true when the value fits; `errors` of the last call otherwise. */
export interface Validator {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/*
 * The build replaces this module by ajv's standalone code, so that what ships compiles nothing at run
 * time (no `new Function`). From source, in tests, the schemas are compiled here.
 */
const ajv = new Ajv({
  allErrors: true,
  // The words are ours (schema-messages.ts), and code that is not repeated at each place loads faster.
  messages: false,
  inlineRefs: false,
  strictRequired: false,
  allowUnionTypes: true,
  strict: true,
  keywords: ['x-addition', 'x-snippet', 'x-alias', 'markdownDescription', 'defaultSnippets'],
});

export const validatePrompt: Validator = ajv.compile(promptSchema);
export const validateSettings: Validator = ajv.compile(settingsSchema);
