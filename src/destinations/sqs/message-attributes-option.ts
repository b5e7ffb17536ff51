import { entryPath } from '../../entry-path.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { isNamedValues } from '../../is-named-values.ts';
import type { NameRule } from '../../route/name-rule.ts';
import { compileTargetName, type NameOption, type TargetName } from '../../route/target-name.ts';
import { shownOption } from '../../shown-option.ts';
import { FORBIDDEN_CHARACTERS, SQS_LIMITS } from './sqs-limits.ts';

/** Put before an attribute's name among the names of a target. */
export const ATTRIBUTE_PREFIX = 'messageAttributes.';

/** The data type of all attributes; it counts like their names and values. */
export const ATTRIBUTE_TYPE = 'String';

export interface MessageAttributesOption {
  /** A target's name for each attribute that may differ by record. */
  readonly names: Readonly<Record<string, TargetName>>;
  /** The most bytes that all attributes of a message can take. */
  readonly maxBytes: number;
}

const MAX_VALUE_LENGTH = 256;
/** Three bytes for a UTF-16 unit is the most that UTF-8 takes. */
const MAX_VALUE_BYTES = 3 * MAX_VALUE_LENGTH;

/**
 * @param own Attributes that each message has besides.
 * @throws InvalidOptionError for a name that SQS does not take, for too many, or one that is ours.
 */
export function compileMessageAttributes(
  option: Readonly<Record<string, NameOption>> | undefined,
  own: Readonly<Record<string, string>>,
): MessageAttributesOption {
  if (option !== undefined && !isNamedValues(option)) {
    throw new InvalidOptionError(
      `Expected \`messageAttributes\` to be an object of names and values, got ${shownOption(option)}`,
    );
  }
  const entries = Object.entries(option ?? {});
  const ownEntries = Object.entries(own);
  checkCount(
    entries.map(([name]) => name),
    ownEntries.length,
  );
  const names: Record<string, TargetName> = {};
  let maxBytes = ownEntries.reduce((sum, [name, value]) => sum + attributeBytes(name, value), 0);
  for (const [name, value] of entries) {
    checkName(name, own);
    const compiled = compileTargetName(value, valueRule(name));
    // A name that is cut between the halves of an emoji is not well-formed.
    names[`${ATTRIBUTE_PREFIX}${name}`] = {
      ...compiled,
      render: (record) => compiled.render(record).toWellFormed(),
    };
    maxBytes +=
      compiled.variesBy === 'nothing'
        ? attributeBytes(name, String(value))
        : attributeBytes(name, '') + MAX_VALUE_BYTES;
  }
  return { names, maxBytes };
}

function attributeBytes(name: string, value: string): number {
  return Buffer.byteLength(name) + ATTRIBUTE_TYPE.length + Buffer.byteLength(value);
}

function valueRule(name: string): NameRule {
  return {
    option: attributePath(name),
    forbidden: FORBIDDEN_CHARACTERS,
    forbiddenInValue: FORBIDDEN_CHARACTERS,
    maxLength: MAX_VALUE_LENGTH,
    // A value can be anything of a record: reports do without.
    shown: () => '',
  };
}

/** As errors name it. */
function attributePath(name: string): string {
  return entryPath('messageAttributes', name);
}

function checkCount(names: readonly string[], ownCount: number): void {
  const left = SQS_LIMITS.maxAttributes - ownCount;
  const surplus = names[left];
  if (surplus === undefined) return;
  throw new InvalidOptionError(
    `Expected \`${attributePath(surplus)}\` to be one of at most ${left} \`messageAttributes\` (SQS takes ${SQS_LIMITS.maxAttributes}` +
      `${ownCount > 0 ? `, ${ownCount} are the exporter's` : ''}), got ${names.length}`,
  );
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
function checkName(name: string, own: Readonly<Record<string, string>>): void {
  const problem = Object.hasOwn(own, name)
    ? 'not be one that the exporter sets itself'
    : name.length < 1 || name.length > SQS_LIMITS.maxAttributeNameLength
      ? `have 1 to ${SQS_LIMITS.maxAttributeNameLength} characters`
      : !/^[A-Za-z0-9_.-]+$/u.test(name)
        ? 'consist of A-Z, a-z, 0-9, _, - and .'
        : /^\.|\.$|\.\./u.test(name)
          ? 'have single dots inside only'
          : /^(?:aws|amazon)\./iu.test(name)
            ? 'not begin with AWS. or Amazon., which are the service’s own'
            : undefined;
  if (problem !== undefined) {
    throw new InvalidOptionError(
      `Expected the name of \`${attributePath(name)}\` to ${problem}, got \`${name.slice(0, 300)}\``,
    );
  }
}
