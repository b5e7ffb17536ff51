import { hostname } from 'node:os';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { entryPath } from '../../entry-path.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { isNamedValues } from '../../is-named-values.ts';
import { escapeName, escapeValue, type NameRule } from '../../route/name-rule.ts';
import { textOf } from '../../route/placeholder.ts';
import { compileTargetName, type NameOption, type TargetName } from '../../route/target-name.ts';
import { shownOption } from '../../shown-option.ts';
import { VERSION } from '../../version.ts';
import { checkHeaderOption, headerValueRule } from './header-rules.ts';
import type { HeaderSources } from './headers-option.ts';
import { SUMO_LOGIC_LIMITS } from './http-limits.ts';

/** Metadata of Sumo Logic, each a text, a template or a function of the record. */
export interface SumoLogicOptions {
  /**
   * `_sourceName`.
   * @defaultValue '{service.name}'
   */
  readonly name?: NameOption;
  /**
   * `_sourceHost`.
   * @defaultValue the resource's `host.name`, else the computer's
   */
  readonly host?: NameOption;
  /**
   * `_sourceCategory`.
   * @defaultValue '{service.namespace}/{service.name}', without a namespace '{service.name}'
   */
  readonly category?: NameOption;
  /** Fields, at most 30, by name; a value over 200 characters is cut. */
  readonly fields?: Readonly<Record<string, NameOption>>;
}

/** https://help.sumologic.com/docs/send-data/hosted-collectors/http-source/logs-metrics/upload-logs/ */
export function sumoLogicHeaders(sumo: SumoLogicOptions = {}): HeaderSources {
  if (sumo === null || typeof sumo !== 'object') {
    throw new InvalidOptionError(
      `Expected \`sumo\` to be an object with \`category\` and its like, got ${shownOption(sumo)}`,
    );
  }
  const { category, fields = {}, host, name = '{service.name}' } = sumo;
  if (!isNamedValues(fields)) {
    throw new InvalidOptionError(
      `Expected \`sumo.fields\` to be an object of names and values, got ${shownOption(fields)}`,
    );
  }
  return {
    fixed: { 'x-sumo-client': `collectorless/${VERSION}` },
    byTarget: {
      'x-sumo-name': metadata('name', name),
      'x-sumo-host': host === undefined ? DEFAULT_HOST : metadata('host', host),
      'x-sumo-category': category === undefined ? DEFAULT_CATEGORY : metadata('category', category),
      ...(Object.keys(fields).length === 0 ? {} : { 'x-sumo-fields': compileFields(fields) }),
    },
    compute: undefined,
  };
}

/** A slash separates the levels of a category. */
const metadataRule = (option: string): NameRule => ({
  ...headerValueRule(`sumo.${option}`, '/'),
  maxLength: 1024,
});

function metadata(option: string, value: NameOption): TargetName {
  checkHeaderOption(`sumo.${option}`, value);
  return compileTargetName(value, metadataRule(option));
}

const DEFAULT_HOST = byResource(
  metadataRule('host'),
  (attribute) => attribute('host.name') ?? hostname(),
);

const DEFAULT_CATEGORY = byResource(metadataRule('category'), (attribute) =>
  [attribute('service.namespace'), attribute('service.name') ?? 'unknown']
    .filter((part) => part !== undefined)
    .map((part) => escapeValue(part, metadataRule('category')))
    .join('/'),
);

function byResource(
  rule: NameRule,
  choose: (attribute: (name: string) => string | undefined) => string,
): TargetName {
  const render = ({ resource }: ReadableLogRecord): string =>
    escapeName(
      choose((name) => textOf(resource.attributes[name]) || undefined),
      rule,
    );
  return { rule, variesBy: 'resource', render, renderOverflow: () => 'overflow' };
}

function compileFields(fields: Readonly<Record<string, NameOption>>): TargetName {
  const names = Object.keys(fields);
  const { maxFieldValueLength, maxFields } = SUMO_LOGIC_LIMITS;
  if (names.length > maxFields) {
    throw new InvalidOptionError(
      `Expected \`${entryPath('sumo.fields', names[maxFields] ?? '')}\` to be one of at most ${maxFields} ` +
        `\`sumo.fields\` (a limit of Sumo Logic), got ${names.length}`,
    );
  }
  const compiled = names.map((name): [string, TargetName] => {
    const path = entryPath('sumo.fields', name);
    if (!/^[\w.-]{1,255}$/u.test(name)) {
      throw new InvalidOptionError(
        `Expected the name of \`${path}\` to have only letters, digits and \`_ . -\`, got ${JSON.stringify(name)}`,
      );
    }
    checkHeaderOption(path, fields[name]);
    const rule = headerValueRule(path);
    // Also of a function's answer and of fixed text: a comma ends the field.
    const fieldRule = { ...rule, forbidden: rule.forbiddenInValue, maxLength: maxFieldValueLength };
    return [name, compileTargetName(fields[name] ?? '', fieldRule)];
  });
  const join = (read: (name: TargetName) => string): string =>
    compiled.map(([name, value]) => `${name}=${read(value)}`).join(',');
  return {
    rule: headerValueRule('sumo.fields'),
    variesBy: variationOf(compiled.map(([, value]) => value)),
    render: (record) => join((value) => value.render(record)),
    renderOverflow: (record) => join((value) => value.renderOverflow(record)),
  };
}

function variationOf(names: readonly TargetName[]): TargetName['variesBy'] {
  if (names.some(({ variesBy }) => variesBy === 'record')) return 'record';
  return names.some(({ variesBy }) => variesBy === 'resource') ? 'resource' : 'nothing';
}
