import { entryPath } from '../entry-path.ts';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { isNamedValues } from '../is-named-values.ts';
import { shownOption } from '../shown-option.ts';

/** The names of the flat document's own fields, in their order. */
export const RECORD_FIELDS: readonly string[] = [
  'timestamp',
  'observed_timestamp',
  'severity_number',
  'severity_text',
  'event_name',
  'body',
  'trace_id',
  'span_id',
  'trace_flags',
  'attributes',
  'resource',
  'scope',
  'dropped_attributes_count',
  'truncated',
  'part',
  'sequence',
];

/** The static fields, or none; throws `InvalidOptionError` when one would stand twice in a record. */
export function checkStaticFields(
  staticFields: Readonly<Record<string, unknown>> | undefined,
  recordFields: readonly string[] = RECORD_FIELDS,
): Readonly<Record<string, unknown>> {
  if (staticFields === undefined) return {};
  if (!isNamedValues(staticFields)) {
    throw new InvalidOptionError(
      `Expected \`staticFields\` to be an object of names and values, got ${shownOption(staticFields)}`,
    );
  }
  const taken = Object.keys(staticFields).find((key) => recordFields.includes(key));
  if (taken !== undefined) {
    throw new InvalidOptionError(
      `Expected the name of \`${entryPath('staticFields', taken)}\` to be one that records do not have, got ` +
        `\`${taken}\`, which every record has already`,
    );
  }
  return staticFields;
}
