import type { Entity } from '@aws-sdk/client-cloudwatch-logs';
import { entryPath } from '../../entry-path.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { isNamedValues } from '../../is-named-values.ts';
import { shownOption } from '../../shown-option.ts';
import type { CloudWatchLogsOptions } from './cloudwatch-log-record-exporter-options.ts';

/**
 * The `entity` option as the SDK takes it; checked here because the service would refuse whole calls.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Entity.html, read 2026-11-21
 * @throws InvalidOptionError
 */
export function copyEntity(entity: CloudWatchLogsOptions['entity']): Entity | undefined {
  if (entity === undefined) return undefined;
  if (entity === null || typeof entity !== 'object') {
    throw new InvalidOptionError(
      `Expected \`entity\` to be an object with \`keyAttributes\`, got ${shownOption(entity)}`,
    );
  }
  const keyAttributes = copyTexts('entity.keyAttributes', entity.keyAttributes);
  const attributes = copyTexts('entity.attributes', entity.attributes);
  check('entity.keyAttributes', keyAttributes, { min: 2, max: 4, maxKeyLength: 32 });
  check('entity.attributes', attributes, { min: 0, max: 10, maxKeyLength: 256 });
  return { keyAttributes, attributes };
}

function copyTexts(
  name: string,
  texts: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  if (texts === undefined) return {};
  if (isNamedValues(texts)) return { ...texts };
  throw new InvalidOptionError(
    `Expected \`${name}\` to be an object of texts, got ${shownOption(texts)}`,
  );
}

const MAX_VALUE_LENGTH = 512;

function check(
  name: string,
  texts: Readonly<Record<string, string>>,
  bounds: { readonly min: number; readonly max: number; readonly maxKeyLength: number },
): void {
  const entries = Object.entries(texts);
  const isWrong = ([key, text]: readonly [string, unknown]): boolean => {
    const isText = typeof text === 'string' && text.length > 0 && text.length <= MAX_VALUE_LENGTH;
    return !isText || key.length === 0 || key.length > bounds.maxKeyLength;
  };
  const wrong = entries.find(isWrong) ?? entries[bounds.max];
  if (wrong === undefined && entries.length >= bounds.min) return;
  const unlike = wrong === undefined ? '' : `, unlike \`${entryPath(name, wrong[0])}\``;
  throw new InvalidOptionError(
    `Expected \`${name}\` to have ${bounds.min} to ${bounds.max} texts of 1 to ${MAX_VALUE_LENGTH} characters ` +
      `with names of at most ${bounds.maxKeyLength}${unlike}, got ${namesOf(entries)}`,
  );
}

function namesOf(entries: readonly (readonly [name: string, text: unknown])[]): string {
  if (entries.length === 0) return 'none';
  return `the names ${entries.map(([name]) => `\`${name}\``).join(', ')}`;
}
