import { setOwnProperty } from '../encode/own-property.ts';
import type { DecodedLogRecord, ValueMap } from './decoded-log-record.ts';

const FIELD_NAMES: ReadonlyMap<string, string> = new Map([
  ['body', 'body'],
  ['severity_text', 'severityText'],
  ['event_name', 'eventName'],
]);
const SCOPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['scope.name', 'name'],
  ['scope.version', 'version'],
  ['scope.schema_url', 'schemaUrl'],
]);

/** Every value that may be sliced, with its path as notes name it (`body`, `attributes.message`). */
export function* valuesByPath(record: DecodedLogRecord): Generator<[string, unknown]> {
  const scope = record.instrumentationScope;
  for (const [path, key] of FIELD_NAMES) yield [path, (record as object as ValueMap)[key]];
  for (const [path, key] of SCOPE_NAMES) yield [path, (scope as ValueMap)[key]];
  yield* withPrefix('attributes.', record.attributes);
  yield* withPrefix('resource.', record.resource.attributes);
  yield* withPrefix('scope.attributes.', scope.attributes ?? {});
}

function* withPrefix(prefix: string, map: ValueMap): Generator<[string, unknown]> {
  for (const key of Object.keys(map)) yield [prefix + key, map[key]];
}

/** Sets the value at a path; nothing for a path that leads nowhere. */
export function setValueAt(record: DecodedLogRecord, path: string, value: unknown): void {
  const [map, key] = locate(record, path) ?? [];
  if (map !== undefined && key !== undefined) setOwnProperty(map, key, value);
}

function locate(record: DecodedLogRecord, path: string): [ValueMap, string] | undefined {
  const scope = record.instrumentationScope;
  const field = FIELD_NAMES.get(path);
  if (field !== undefined) return [record as object as ValueMap, field];
  const scopeField = SCOPE_NAMES.get(path);
  if (scopeField !== undefined) return [scope as ValueMap, scopeField];
  if (path.startsWith('attributes.')) return [record.attributes, path.slice(11)];
  if (path.startsWith('resource.')) return [record.resource.attributes, path.slice(9)];
  if (path.startsWith('scope.attributes.')) {
    scope.attributes ??= {};
    return [scope.attributes, path.slice(17)];
  }
  return undefined;
}
