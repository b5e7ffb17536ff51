import type { RuleCheck } from '../aws/rule-check.ts';
import { refuseConstraint } from './invalid-parameter.ts';
import type { LogEntity } from './local-cloudwatch-logs.ts';

const keyNames = new Set(['Type', 'ResourceType', 'Identifier', 'Name', 'Environment']);
const types = new Set(['Service', 'AWS::Service', 'RemoteService', 'Resource', 'AWS::Resource']);

/** The sizes of the service model: past them the call fails. */
export function checkEntitySizes(entity: LogEntity, check: RuleCheck): void {
  const keys = entity.keyAttributes;
  if (keys !== undefined) {
    checkCount('entity.keyAttributes', Object.keys(keys).length, 2, 4, check);
    checkLengths('entity.keyAttributes', keys, 32, 512, check);
  }
  if (entity.attributes !== undefined) {
    checkCount('entity.attributes', Object.keys(entity.attributes).length, 0, 10, check);
    checkLengths('entity.attributes', entity.attributes, 256, 512, check);
  }
}

/** What the service finds wrong with a well-sized entity: it drops the entity and keeps the events. */
export function entityRejection(entity: LogEntity, logGroupClass: string): string | undefined {
  if (logGroupClass !== 'STANDARD') return 'UnsupportedLogGroupType';
  const keys = entity.keyAttributes;
  if (keys === undefined) return 'InvalidEntity';
  if (Object.keys(keys).some((name) => !keyNames.has(name))) return 'InvalidKeyAttributes';
  const { Type, Name, Environment, ResourceType, Identifier } = { ...noKeys, ...keys };
  if (Type === '') return 'MissingRequiredFields';
  if (!types.has(Type)) return 'InvalidTypeValue';
  const isResource = Type.endsWith('Resource');
  const isComplete = isResource
    ? ResourceType !== '' && Identifier !== ''
    : Name !== '' && Environment !== '';
  if (!isComplete) return 'MissingRequiredFields';
  const values = Object.entries(entity.attributes ?? {});
  return values.some(([name, value]) => name === '' || value === '')
    ? 'InvalidAttributes'
    : undefined;
}

const noKeys = { Type: '', Name: '', Environment: '', ResourceType: '', Identifier: '' };

function checkCount(
  path: string,
  actual: number,
  min: number,
  max: number,
  check: RuleCheck,
): void {
  if (actual >= min && actual <= max) return;
  const bound = actual < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  const sizes = { limit: actual < min ? min : max, actual };
  refuseConstraint(check, 'entity-size', path, '{...}', `Map must have length ${bound}`, sizes);
}

function checkLengths(
  path: string,
  values: Readonly<Record<string, string>>,
  maxName: number,
  maxValue: number,
  check: RuleCheck,
): void {
  for (const [name, value] of Object.entries(values)) {
    const [limit, actual] =
      name.length > maxName ? [maxName, name.length] : [maxValue, value.length];
    if (actual <= limit) continue;
    const constraint = `Map member must have length less than or equal to ${limit}`;
    refuseConstraint(check, 'entity-size', path, name, constraint, { limit, actual });
  }
}
