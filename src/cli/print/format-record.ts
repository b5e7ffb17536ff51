import type { DecodedLogRecord } from '../../decode/index.ts';
import { createValueText } from '../../encode/value-text.ts';
import { cutText } from './cut-text.ts';
import { exceptionOf } from './exception-of.ts';
import { formatTime } from './format-time.ts';
import { createPaint, type Paint } from './paint.ts';
import { recordPairs } from './record-pairs.ts';
import { severityOf, severityRange } from './severity.ts';

export interface RecordFormatOptions {
  readonly isColorful: boolean;
  readonly isUtc: boolean;
}

const INDENT = '    ';
const SEVERITY_WIDTH = 5;
/** What needs no quotes beside others on a line. */
const BARE = /^[^\s"'=\\\p{C}]+$/u;

/**
 * Makes readable lines of records, each with its line end: time, severity, service, scope, body and
 * attributes on the first; further lines of the body and a stack trace are indented below it.
 */
export function createRecordFormat(
  options: RecordFormatOptions,
): (record: DecodedLogRecord) => string {
  const paint = createPaint(options.isColorful);
  const valueText = createValueText();
  const textOf = (value: unknown): string =>
    cutText(typeof value === 'string' ? value : valueText(value ?? null));

  const pairText = (value: unknown): string =>
    typeof value === 'string' ? quoted(cutText(value)) : textOf(value);

  return (record) => {
    const [firstLine = '', ...moreLines] = linesOf(
      record.body === undefined ? '' : textOf(record.body),
    );
    const { stackTrace, rest } = exceptionOf(record.attributes);
    const pairs = recordPairs({ ...record, attributes: rest }).map(
      ([key, value]) => paint('dim', `${quoted(cutText(key))}=`) + paint('plain', pairText(value)),
    );
    const pieces = [...head(record, paint, options.isUtc), paint('plain', firstLine), ...pairs];
    const below = [...moreLines, ...(stackTrace === undefined ? [] : linesOf(cutText(stackTrace)))];
    const indented = below.map((line) => `\n${INDENT}${paint('dim', withoutTabs(line))}`);
    return `${pieces.filter((piece) => piece !== '').join(' ')}${indented.join('')}\n`;
  };
}

function head(record: DecodedLogRecord, paint: Paint, isUtc: boolean): string[] {
  const { hrTime, hrTimeObserved, instrumentationScope, resource } = record;
  const time = hrTime[0] === 0 && hrTime[1] === 0 ? hrTimeObserved : hrTime;
  const service = resource.attributes['service.name'];
  const scope = instrumentationScope.name;
  return [
    paint('dim', formatTime(time, isUtc)),
    severityPiece(record, paint),
    typeof service === 'string' ? paint('name', cutText(service)) : '',
    scope === '' ? '' : paint('dim', `[${cutText(scope)}]`),
  ];
}

function severityPiece(record: DecodedLogRecord, paint: Paint): string {
  const severity = severityOf(record);
  if (severity === undefined) {
    return paint('plain', cutText(record.severityText ?? '-').padEnd(SEVERITY_WIDTH));
  }
  const range = severityRange(severity);
  return paint(range, range.toUpperCase().padEnd(SEVERITY_WIDTH));
}

function quoted(text: string): string {
  return BARE.test(text) ? text : JSON.stringify(text);
}

function linesOf(text: string): string[] {
  return text.trimEnd().split(/\r?\n/u);
}

function withoutTabs(line: string): string {
  return line.replaceAll('\t', '  ');
}
