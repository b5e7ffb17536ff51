import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { describe, expect, it } from 'vitest';
import { parsePlaceholder, readPlaceholder, textOf } from '../../src/route/placeholder.ts';
import { createLogRecord, createResource } from '../../src/testing/index.ts';

const read = (name: string, record: Partial<ReadableLogRecord> = {}): string =>
  readPlaceholder(parsePlaceholder(name), createLogRecord(record));

describe('a placeholder', () => {
  it('without a prefix is a resource attribute', () => {
    const resource = createResource({ 'service.name': 'shop', 'process.pid': 12 });
    expect(read('service.name', { resource })).toBe('shop');
    expect(read('process.pid', { resource })).toBe('12');
  });

  it('with attributes. in front is an attribute of the record, dots and all', () => {
    const attributes = { tenant: 'acme', 'user.id': 7, 'is.paid': false };
    expect(read('attributes.tenant', { attributes })).toBe('acme');
    expect(read('attributes.user.id', { attributes })).toBe('7');
    expect(read('attributes.is.paid', { attributes })).toBe('false');
  });

  it('scope.name is the name of the instrumentation scope', () => {
    expect(read('scope.name', { instrumentationScope: { name: 'checkout' } })).toBe('checkout');
  });

  it('date is the day of the record in UTC', () => {
    expect(read('date', { hrTime: [Date.UTC(2026, 1, 28, 23, 59, 59) / 1000, 0] })).toBe(
      '2026-02-28',
    );
    expect(read('date', { hrTime: [1e300, 0] })).toBe('unknown');
  });

  it('date: writes the time of the record in UTC, start: that of the process', () => {
    const hrTime: ReadableLogRecord['hrTime'] = [Date.UTC(2026, 1, 3, 4, 5, 6) / 1000, 999_999_999];
    expect(read('date:%Y-%m-%d-%H-%M-%S', { hrTime })).toBe('2026-02-03-04-05-06');
    expect(read('date:%Y%%, day %d', { hrTime })).toBe('2026%, day 03');
    expect(read('date:%H', { hrTime: [Number.NaN, 0] })).toBe('unknown');
    const started = new Date(performance.timeOrigin).toISOString().slice(0, 19);
    expect(read('start:%Y-%m-%dT%H:%M:%S', { hrTime })).toBe(started);
    expect(parsePlaceholder('start:%Y').variesByRecord).toBe(false);
  });

  it.each(['date:%y', 'date:%', 'start:%q', 'date:%constructor', 'date:%\n'])(
    '%s is refused, for its pattern',
    (name) => {
      expect(() => parsePlaceholder(name)).toThrow(/date pattern/u);
    },
  );

  it.each([
    [1, 'trace'],
    [4, 'trace'],
    [5, 'debug'],
    [9, 'info'],
    [16, 'warn'],
    [17, 'error'],
    [24, 'fatal'],
  ])('severity of the number %i is %s', (severityNumber, name) => {
    expect(read('severity', { severityNumber, severityText: 'OTHER' })).toBe(name);
  });

  it('severity without a number is the text, without both it is unknown', () => {
    const { severityNumber: _number, severityText: _text, ...plain } = createLogRecord();
    const severity = parsePlaceholder('severity');
    expect(readPlaceholder(severity, { ...plain, severityText: 'NOTICE' })).toBe('notice');
    expect(readPlaceholder(severity, { ...plain, severityNumber: JSON.parse('99') })).toBe(
      'unknown',
    );
    expect(readPlaceholder(severity, plain)).toBe('unknown');
  });

  it('without a value is unknown', () => {
    for (const name of ['attributes.none', 'none', 'attributes.', '', 'attributes.empty']) {
      expect(read(name, { attributes: { empty: '' } })).toBe('unknown');
    }
  });

  it('never reads what is inherited', () => {
    for (const name of ['attributes.constructor', 'attributes.__proto__', 'toString']) {
      expect(read(name)).toBe('unknown');
    }
  });

  it('is unknown when the record throws', () => {
    const attributes = {
      get tenant(): string {
        throw new Error('getter');
      },
    };
    const record = { ...createLogRecord(), attributes };
    Object.defineProperty(record, 'attributes', {
      get: () => {
        throw new Error('getter');
      },
    });
    expect(readPlaceholder(parsePlaceholder('attributes.tenant'), record)).toBe('unknown');
  });

  it('takes the first of a list, and nothing that is no text, number or boolean', () => {
    expect(textOf(['a', 'b'])).toBe('a');
    expect(textOf(10n)).toBe('10');
    expect(textOf([])).toBeUndefined();
    expect(textOf({ a: 1 })).toBeUndefined();
    expect(textOf(null)).toBeUndefined();
    expect(textOf([['nested']])).toBeUndefined();
  });
});
