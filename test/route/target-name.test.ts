import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../src/invalid-option-error.ts';
import { escapeName, escapeValue, type NameRule } from '../../src/route/name-rule.ts';
import { compileTargetName, type NameOption } from '../../src/route/target-name.ts';
import { createLogRecord, createResource } from '../../src/testing/index.ts';

const rule: NameRule = {
  option: 'logGroupName',
  forbidden: /[^A-Za-z0-9_\-/.]/gu,
  forbiddenInValue: /[^A-Za-z0-9_\-.]/gu,
  maxLength: 40,
  problemOf: (name) => (name.startsWith('aws/') ? 'not begin with `aws/`' : undefined),
};

function render(option: NameOption, tenant: unknown): string {
  const record = createLogRecord({ resource: createResource({ 'service.name': 'shop' }) });
  return compileTargetName(option, rule).render({
    ...record,
    attributes: { tenant: tenant as string },
  });
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Error) return thrown.message;
  }
  throw new Error('Expected an error');
}

describe('a name with placeholders', () => {
  it('is rendered from the resource and the record', () => {
    expect(render('/app/{service.name}/{attributes.tenant}', 'acme')).toBe('/app/shop/acme');
  });

  it('says what it can differ by', () => {
    const variesBy = (option: NameOption): string => compileTargetName(option, rule).variesBy;
    expect(variesBy('fixed')).toBe('nothing');
    expect(variesBy('{service.name}')).toBe('resource');
    expect(variesBy('{service.name}/{severity}')).toBe('record');
    expect(variesBy(() => 'x')).toBe('record');
  });

  it('has one overflow name for all, with nothing in it that comes from one of them', () => {
    const name = compileTargetName('/app/{service.name}/{attributes.tenant}', rule);
    const record = createLogRecord({ attributes: { tenant: 'acme' } });
    expect(name.renderOverflow(record)).toBe('/app/overflow/overflow');
    expect(compileTargetName(() => 'x', rule).renderOverflow(record)).toBe('overflow');
  });

  it('has one overflow name for all when it differs by the resource alone', () => {
    const name = compileTargetName('/app/{service.name}', rule);
    expect(name.renderOverflow(createLogRecord())).toBe('/app/overflow');
  });

  it.each([
    ['', 'non-empty text'],
    ['has blank', 'have no " "'],
    ['x'.repeat(41), 'at most 40 characters'],
    ['aws/{service.name}', 'not begin with `aws/`'],
  ])('is refused at the start when its fixed text is %j', (option, message) => {
    expect(() => compileTargetName(option, rule)).toThrow(InvalidOptionError);
    expect(() => compileTargetName(option, rule)).toThrow(message);
    expect(() => compileTargetName(option, rule)).toThrow('`logGroupName`');
  });

  it('is shortened to the same name by every version of this package', () => {
    const record = createLogRecord();
    const name = compileTargetName(() => 'x'.repeat(100), rule).render(record);
    expect(name).toBe('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-ac246ad5');
  });

  it.each([`a b${'x'.repeat(10_000)}`, 'x'.repeat(10_000), `{date:%Q${'x'.repeat(10_000)}}`])(
    'is shown no longer than other options when it is refused',
    (option) => {
      expect(messageOf(() => compileTargetName(option, rule)).length).toBeLessThan(300);
    },
  );

  it('is refused when it is neither a text nor a function', () => {
    expect(() => compileTargetName(JSON.parse('5'), rule)).toThrow('got `5`');
  });
});

describe('a name from a function', () => {
  it('is what the function answers, made to fit', () => {
    expect(render((record) => `t/${String(record.attributes['tenant'])}`, 'a b')).toBe('t/a_b');
  });

  it('gets a character in front when the service does not take its beginning', () => {
    expect(render(() => 'aws/x', 1)).toBe('_aws/x');
  });

  it('is unknown when the function answers nothing or throws', () => {
    expect(render(() => undefined, 1)).toBe('unknown');
    expect(render(() => '', 1)).toBe('unknown');
    expect(render(() => JSON.parse('7'), 1)).toBe('unknown');
    expect(
      render(() => {
        throw new Error('bug');
      }, 1),
    ).toBe('unknown');
  });
});

describe('any value', () => {
  it('makes a name that the service takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (tenant) => {
        const name = render('/app/{attributes.tenant}', tenant);
        expect(name.match(rule.forbidden)).toBeNull();
        expect(name.length).toBeLessThanOrEqual(rule.maxLength);
        expect(rule.problemOf?.(name)).toBeUndefined();
        const answered = render(() => tenant, '');
        expect(answered.match(rule.forbidden)).toBeNull();
        expect(answered.length).toBeLessThanOrEqual(rule.maxLength);
        expect(rule.problemOf?.(answered)).toBeUndefined();
      }),
    );
  });

  it('never leaves the fixed text around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 25 }), (tenant) => {
        const parts = render('/app/{attributes.tenant}/log', tenant).split('/');
        expect(parts).toHaveLength(4);
        expect([parts[0], parts[1], parts[3]]).toEqual(['', 'app', 'log']);
      }),
    );
    expect(render('/app/{attributes.tenant}/log', '../../etc')).toBe('/app/.._.._etc/log');
    expect(render('/app/{attributes.tenant}', '{service.name}')).toBe('/app/_service.name_');
  });

  it('that is too long is cut, and two that differ stay different', () => {
    const one = escapeName(`${'x'.repeat(60)}1`, rule);
    const other = escapeName(`${'x'.repeat(60)}2`, rule);
    expect(one).toHaveLength(40);
    expect(one).not.toBe(other);
  });

  it('is well formed also where a name may have any character', () => {
    const loose: NameRule = { ...rule, forbidden: /\p{Cc}/gu, forbiddenInValue: /\p{Cc}/gu };
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 30, maxLength: 60 }), (text) => {
        expect(escapeName(text, loose).isWellFormed()).toBe(true);
        expect(escapeValue(text, loose).isWellFormed()).toBe(true);
      }),
    );
    expect(escapeName('😀'.repeat(30), loose).isWellFormed()).toBe(true);
    expect(escapeName(`a${'😀'.repeat(30)}`, loose).isWellFormed()).toBe(true);
  });
});
