import { complain } from './complain.ts';
import type { Document } from './document.ts';
import { knownVariables, optionVariables, ownVariables } from './known-variables.ts';
import { lineAt } from './markdown.ts';

/** Also shortened ones: `…_SPOOL_DIRECTORY`, `OTEL_EXPORTER_<NAME>_ENCODING`, `OTEL_EXPORTER_OTLP_*`. */
const NAME =
  /(?<![\w/])(?<name>(?:…|OTEL|COLLECTORLESS|AWS|NODE)_(?:[A-Z0-9]+|<NAME>)(?:_(?:[A-Z0-9]+|<NAME>))*(?:_[*…])?|(?:OTEL|AWS)_[*…])/gu;

/** Environment variables that nothing reads. */
export function wrongVariables({ path, text }: Document): readonly string[] {
  return [...text.matchAll(NAME)].flatMap(({ groups, index }) => {
    const name = groups?.['name'] ?? '';
    if (knownVariables.some((known) => patternOf(name).test(known))) return [];
    const place = { path, line: lineAt(text, index) };
    return [
      complain(place, `names the variable ${name}, which nothing reads`, name, knownVariables),
    ];
  });
}

/** Variables that we read and no document names. */
export function untoldVariables(documents: readonly Document[]): readonly string[] {
  const told = documents.flatMap(({ text }) => [
    ...[...text.matchAll(NAME)].map(({ groups }) => patternOf(groups?.['name'] ?? '')),
  ]);
  return [...ownVariables, ...optionVariables].filter(
    (name) => !told.some((pattern) => pattern.test(name)),
  );
}

function patternOf(name: string): RegExp {
  const pattern = name.replace(/^…|[*…]$/gu, '.+').replace('<NAME>', '[A-Z_]+');
  return new RegExp(`^${pattern}$`, 'u');
}
