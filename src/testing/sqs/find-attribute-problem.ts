import type { BrokenRule } from '../aws/rule-check.ts';
import { decodeBase64 } from '../decode-base64.ts';
import { isAllowedText } from './allowed-text.ts';
import { sqsLimits } from './sqs-limits.ts';
import type { WireAttribute, WireAttributes } from './sqs-message.ts';

const namePattern = /^[A-Za-z0-9_.-]+$/;
const typePattern = /^(String|Number|Binary)(\.[^\s]+)?$/;

/** The first rule that the attributes of a message break. */
export function findAttributeProblem(attributes: WireAttributes): BrokenRule | undefined {
  const entries = Object.entries(attributes);
  if (entries.length > sqsLimits.maxAttributes) {
    const reason = `Number of message attributes [${entries.length}] exceeds the allowed maximum [${sqsLimits.maxAttributes}].`;
    const sizes = { limit: sqsLimits.maxAttributes, actual: entries.length };
    return { ...invalid('attributes-count', reason), ...sizes };
  }
  for (const [name, attribute] of entries) {
    const found = findNameProblem(name) ?? findValueProblem(name, attribute);
    if (found !== undefined) return { ...found, detail: `MessageAttributes.${name}` };
  }
  return undefined;
}

function findNameProblem(name: string): BrokenRule | undefined {
  const limit = sqsLimits.maxAttributeNameLength;
  const hasBadDots = name.startsWith('.') || name.endsWith('.') || name.includes('..');
  if (name.length > limit || !namePattern.test(name) || hasBadDots) {
    const reason = `The message attribute name '${name}' is invalid. It can contain A-Z, a-z, 0-9, _, - and single dots inside, and be up to ${limit} characters long.`;
    return { ...invalid('attribute-name', reason), limit, actual: name.length };
  }
  if (/^(aws|amazon)\./i.test(name)) {
    const reason = `You can't use message attribute names beginning with 'AWS.' or 'Amazon.'`;
    return invalid('attribute-name', reason);
  }
  return undefined;
}

function findValueProblem(name: string, attribute: WireAttribute): BrokenRule | undefined {
  const { DataType: type, StringValue: text, BinaryValue: binary } = attribute;
  if (!typePattern.test(type)) {
    const reason = `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`;
    return invalid('attribute-type', reason);
  }
  const isBinary = type.startsWith('Binary');
  const value = isBinary ? binary : text;
  if (value === undefined || value === '') {
    const field = isBinary ? 'binary' : 'string';
    const reason = `The message (user) attribute '${name}' must contain a non-empty value of type '${field}'.`;
    return invalid('attribute-value', reason);
  }
  if (isBinary && decodeBase64(value) === undefined) {
    return invalid('attribute-value', `The message (user) attribute '${name}' is not base64.`);
  }
  if (!isBinary && !isAllowedText(value)) {
    const message = `Invalid characters found in the message (user) attribute '${name}'.`;
    return { rule: 'attribute-characters', error: 'InvalidMessageContents', message };
  }
  return undefined;
}

function invalid(rule: string, message: string): BrokenRule {
  return { rule, error: 'InvalidParameterValue', message };
}
