import { expect, it } from 'vitest';
import { parseAttributeRule } from '../../../src/cli/filter/attribute-rule.ts';
import { createRecordFilter } from '../../../src/cli/filter/record-filter.ts';
import { type DecodedLogRecord, emptyRecord } from '../../../src/decode/decoded-log-record.ts';

const record: DecodedLogRecord = {
  ...emptyRecord(),
  severityNumber: 13,
  body: 'Order taken',
  attributes: {
    tenant: 'acme',
    count: 3,
    flag: true,
    price: { currency: 'EUR', 'a.b': { c: null } },
    'http.route': '/orders',
    text: 'a=b',
    tags: ['x', 'y'],
    account: 2n ** 60n,
  },
  resource: { attributes: { 'service.name': 'shop' } },
};
const toText = ({ body }: DecodedLogRecord): string => String(body);

const isShown = (...rules: string[]): boolean =>
  createRecordFilter({
    toText,
    attributes: rules.map((text) => {
      const rule = parseAttributeRule(text);
      if (rule === undefined) throw new Error(`${text} is no rule`);
      return rule;
    }),
  })(record);

it.each([
  'tenant=acme',
  'count=3',
  'flag=true',
  'price.currency=EUR',
  'price.a.b.c=null',
  'http.route=/orders',
  'text=a=b',
  'tags=["x","y"]',
  'account=1152921504606846976',
  'resource.service.name=shop',
])('shows a record that has %s', (rule) => {
  expect(isShown(rule)).toBe(true);
});

it.each([
  'tenant=Acme',
  'tenant=',
  'tenants=acme',
  'price=EUR',
  'service.name=shop',
  'resource.tenant=acme',
  'toString=x',
  '__proto__.x=1',
])('hides a record that has not %s', (rule) => {
  expect(isShown(rule)).toBe(false);
});

it('wants all of several attributes', () => {
  expect(isShown('tenant=acme', 'count=3')).toBe(true);
  expect(isShown('tenant=acme', 'count=4')).toBe(false);
});

it.each(['tenant', '=acme', '', 'resource.=x'])('%j is no key and value', (text) => {
  expect(parseAttributeRule(text)).toBeUndefined();
});

it('shows records of a severity and above', () => {
  const shownFrom = (minSeverity: number): boolean =>
    createRecordFilter({ toText, minSeverity })(record);
  expect([12, 13, 14].map(shownFrom)).toEqual([true, true, false]);
});

it('hides records without a severity when one is asked for', () => {
  const filter = createRecordFilter({ toText, minSeverity: 1 });
  expect(filter(emptyRecord())).toBe(false);
});

it('shows records whose printed text has the words, letter by letter', () => {
  const showsText = (text: string): boolean => createRecordFilter({ toText, text })(record);
  expect(['Order', 'taken', '.*', 'order'].map(showsText)).toEqual([true, true, false, false]);
});
