/** A place where text is printed. Each gives a meaning to other characters. */
export type Sink = 'terminal' | 'ci-log' | 'markdown' | 'hover' | 'html' | 'xml' | 'csv';

declare const sink: unique symbol;

/**
 * Text that is safe to print in one sink. The functions of that sink make it from any text; writers and
 * templates take nothing else, so the compiler refuses text that nobody has escaped.
 */
export type SafeText<S extends Sink> = string & { readonly [sink]: S };

/** What a template of safe text accepts between its literals. */
export type SafeValue<S extends Sink> = SafeText<S> | number;

/** Marks text as safe. Only for literals of this repository and for what a sink has just escaped. */
export function trustText<S extends Sink>(text: string): SafeText<S> {
  return text as SafeText<S>;
}

/** Joins safe texts. The separator is a literal. */
export function joinSafe<S extends Sink>(
  texts: readonly SafeText<S>[],
  separator = '',
): SafeText<S> {
  return trustText(texts.join(separator));
}

/** The safe texts that are present, a blank line between them: paragraphs of Markdown. */
export function joinParagraphs<S extends 'markdown' | 'hover'>(
  ...texts: readonly (SafeText<S> | null | undefined | false | '')[]
): SafeText<S> {
  return trustText(texts.filter(Boolean).join('\n\n'));
}

/** The body of a template tag: literals are trusted, values are safe already. */
export function fillTemplate<S extends Sink>(
  literals: TemplateStringsArray,
  values: readonly SafeValue<S>[],
): SafeText<S> {
  return trustText(String.raw({ raw: literals }, ...values));
}
