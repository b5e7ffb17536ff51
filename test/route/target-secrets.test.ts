import { describe, expect, it } from 'vitest';
import type { NameRule } from '../../src/route/name-rule.ts';
import { Router } from '../../src/route/router.ts';
import { compileTargetName } from '../../src/route/target-name.ts';
import { createLogRecord, createResource } from '../../src/testing/index.ts';

const plain: NameRule = {
  option: 'a',
  forbidden: /\0/gu,
  forbiddenInValue: /\0/gu,
  maxLength: 100,
};

function route(names: Record<string, NameRule>, attributes: Record<string, string>) {
  const router = new Router({
    names: Object.fromEntries(
      Object.entries(names).map(([name, rule]) => [
        name,
        compileTargetName(`{attributes.${name}}`, rule),
      ]),
    ),
    maxTargets: 10,
    isIdle: () => false,
    onForget: () => {},
  });
  return router.route(createLogRecord({ attributes }));
}

describe('what a target shows of its names', () => {
  it('leaves a name out of the key that keeps itself secret', () => {
    const target = route(
      { url: { ...plain, shown: () => 'https://h' }, token: { ...plain, shown: () => '' } },
      { url: 'https://h/secret', token: 'abc' },
    );
    expect(target.key).toBe('https://h');
    expect(target.names).toEqual({ url: 'https://h/secret', token: 'abc' });
  });

  it('keeps targets apart whose keys look the same', () => {
    const router = new Router({
      names: {
        a: compileTargetName('{attributes.a}', plain),
        b: compileTargetName('{attributes.b}', { ...plain, shown: () => '' }),
      },
      maxTargets: 10,
      isIdle: () => false,
      onForget: () => {},
    });
    const one = router.route(createLogRecord({ attributes: { a: 'x', b: '1' } }));
    const two = router.route(createLogRecord({ attributes: { a: 'x', b: '2' } }));
    const again = router.route(createLogRecord({ attributes: { a: 'x', b: '1' } }));
    expect(one.key).toBe(two.key);
    expect(one).not.toBe(two);
    expect(again).toBe(one);
  });

  it('keeps targets apart whose names join to the same text', () => {
    const router = new Router({
      names: {
        a: compileTargetName('{attributes.a}', plain),
        b: compileTargetName('{attributes.b}', plain),
      },
      maxTargets: 10,
      isIdle: () => false,
      onForget: () => {},
    });
    const one = router.route(createLogRecord({ attributes: { a: 'x · y', b: 'z' } }));
    const two = router.route(createLogRecord({ attributes: { a: 'x', b: 'y · z' } }));
    expect(one).not.toBe(two);
  });

  it('carries the resource of the record that opened it', () => {
    const resource = createResource({ 'service.name': 'shop' });
    const name = compileTargetName('{service.name}', plain);
    const router = new Router({
      names: { name },
      maxTargets: 10,
      isIdle: () => false,
      onForget: () => {},
    });
    expect(router.route(createLogRecord({ resource })).resource).toBe(resource);
  });

  it('escapes values as the rule says and leaves the fixed text alone', () => {
    const rule: NameRule = { ...plain, escapeValue: encodeURIComponent };
    const name = compileTargetName('/{attributes.a}', rule);
    expect(name.render(createLogRecord({ attributes: { a: 'x/y' } }))).toBe('/x%2Fy');
  });
});
