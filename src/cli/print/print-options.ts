import { type Command, InvalidArgumentError } from 'commander';
import { type AttributeRule, parseAttributeRule } from '../filter/attribute-rule.ts';
import { numberArgument } from './number-argument.ts';
import { parseSeverity } from './severity.ts';

/** Adds the options of every command that prints records. */
export function addPrintOptions(command: Command): Command {
  return command
    .option(
      '--min-severity <severity>',
      'only records of this severity and above: trace, debug, info, warn, error, fatal or 1 to 24',
      severityArgument,
    )
    .option(
      '--attribute <key=value>',
      'only records with this attribute, or resource.key=value; may be given again, all must hold',
      attributeArgument,
    )
    .option(
      '--grep <text>',
      'only records that show this text; plain text, upper and lower case differ',
    )
    .option('--limit <count>', 'end after so many records', numberArgument(1))
    .option('--json', 'one line of JSON a record, all fields')
    .option('--utc', 'times in UTC instead of local time');
}

function severityArgument(text: string): number {
  const severity = parseSeverity(text);
  if (severity !== undefined) return severity;
  throw new InvalidArgumentError('Expected trace, debug, info, warn, error, fatal or 1 to 24.');
}

function attributeArgument(text: string, before: readonly AttributeRule[] = []): AttributeRule[] {
  const rule = parseAttributeRule(text);
  if (rule !== undefined) return [...before, rule];
  throw new InvalidArgumentError('Expected key=value, such as tenant=acme.');
}
