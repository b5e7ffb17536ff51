import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NameRule } from '../../src/route/name-rule.ts';
import { Router } from '../../src/route/router.ts';
import type { Target } from '../../src/route/target.ts';
import { compileTargetName } from '../../src/route/target-name.ts';
import { createLogRecord, createResource } from '../../src/testing/index.ts';

const rule: NameRule = {
  option: 'name',
  forbidden: /\p{Cc}/gu,
  forbiddenInValue: /[\p{Cc}/]/gu,
  maxLength: 200,
};

function setUp(templates: Record<string, string>, maxTargets = 3) {
  const busy = new Set<Target>();
  const forgotten: Target[] = [];
  const names = Object.entries(templates).map(
    ([option, template]) => [option, compileTargetName(template, rule)] as const,
  );
  const router = new Router({
    names: Object.fromEntries(names),
    maxTargets,
    isIdle: (target) => !busy.has(target),
    onForget: (target) => forgotten.push(target),
  });
  return { router, busy, forgotten };
}

const ofTenant = (tenant: string): ReadableLogRecord => createLogRecord({ attributes: { tenant } });
const ofService = (name: string): ReadableLogRecord =>
  createLogRecord({ resource: createResource({ 'service.name': name }) });

describe('records', () => {
  it('with the same names go to the same target', () => {
    const { router } = setUp({ group: '{service.name}', stream: '{attributes.tenant}' });
    const target = router.route(ofTenant('a'));
    expect(router.route(ofTenant('a'))).toBe(target);
    expect(router.route(ofTenant('b'))).not.toBe(target);
    expect(target).toMatchObject({
      key: 'local-service · a',
      names: { group: 'local-service', stream: 'a' },
    });
  });

  it('of two targets in turn go to the one of their names each time', () => {
    const { router } = setUp({ group: '{service.name}', stream: '{attributes.tenant}' });
    const [a, b] = [router.route(ofTenant('a')), router.route(ofTenant('b'))];
    for (const tenant of ['a', 'b', 'b', 'a', 'a', 'b'])
      expect(router.route(ofTenant(tenant))).toBe(tenant === 'a' ? a : b);
  });

  it('of one resource go to one target where names differ by resource only', () => {
    const { router } = setUp({ group: '{service.name}' });
    expect(router.route(ofService('a'))).toBe(router.route(ofService('a')));
    expect(router.route(ofService('a'))).not.toBe(router.route(ofService('b')));
    const record = ofService('c');
    expect(router.route(record)).toBe(router.route(record));
  });

  it('with different names never share a target, whatever is in the names', () => {
    const { router } = setUp({ one: '{attributes.x}', two: '{attributes.y}' }, 1000);
    const text = fc.constantFrom('p', 'q', 'p · q', 'q · p', ' · ', '·');
    fc.assert(
      fc.property(text, text, (x, y) => {
        const { names } = router.route(createLogRecord({ attributes: { x, y } }));
        expect(names).toEqual({ one: x, two: y });
      }),
    );
  });
});

describe('more targets than may live', () => {
  it('make room by forgetting the idle one that was used least recently', () => {
    const { forgotten, router } = setUp({ name: '{attributes.tenant}' });
    const [a, b] = ['a', 'b', 'c', 'a'].map((tenant) => router.route(ofTenant(tenant)));
    router.route(ofTenant('d'));
    expect(forgotten).toEqual([b]);
    expect(router.route(ofTenant('a'))).toBe(a);
  });

  it('never make a busy one go: what is too many goes to one overflow target', () => {
    const { busy, forgotten, router } = setUp({ name: 'to-{attributes.tenant}' });
    for (const tenant of ['a', 'b', 'c']) busy.add(router.route(ofTenant(tenant)));
    const overflow = router.route(ofTenant('d'));
    busy.add(overflow);
    expect(overflow.names).toEqual({ name: 'to-overflow' });
    expect(router.route(ofTenant('e'))).toBe(overflow);
    expect(router.route(ofTenant('b')).names).toEqual({ name: 'to-b' });
    expect(forgotten).toEqual([]);
  });

  it('that are too many go to the overflow target again, right behind those of another', () => {
    const { router, busy } = setUp({ stream: '{attributes.tenant}' }, 1);
    const target = router.route(ofTenant('a'));
    busy.add(target);
    const overflow = router.route(ofTenant('b'));
    busy.add(overflow);
    expect(overflow).not.toBe(target);
    for (const tenant of ['b', 'a', 'b', 'b', 'a'])
      expect(router.route(ofTenant(tenant))).toBe(tenant === 'a' ? target : overflow);
  });

  it('share no target that bears the name of one of them', () => {
    const { busy, router } = setUp({ group: '/{service.name}', name: '{severity}-{service.name}' });
    for (const service of ['a', 'b', 'c']) busy.add(router.route(ofService(service)));
    const overflow = router.route(ofService('d'));
    busy.add(overflow);
    expect(overflow.names).toEqual({ group: '/overflow', name: 'overflow-overflow' });
    expect(router.route(ofService('e'))).toBe(overflow);
  });

  it('come back to targets of their own when others are idle again', () => {
    const { busy, router } = setUp({ name: '{attributes.tenant}' });
    for (const tenant of ['a', 'b', 'c']) busy.add(router.route(ofTenant(tenant)));
    expect(router.route(ofTenant('d')).names).toEqual({ name: 'overflow' });
    busy.clear();
    expect(router.route(ofTenant('d')).names).toEqual({ name: 'd' });
  });

  it('have a new overflow target after the old one was forgotten', () => {
    const { busy, router } = setUp({ name: '{attributes.tenant}' });
    for (const tenant of ['a', 'b', 'c']) busy.add(router.route(ofTenant(tenant)));
    const overflow = router.route(ofTenant('d'));
    router.forget(overflow);
    expect(router.route(ofTenant('d'))).not.toBe(overflow);
    expect(router.route(ofTenant('d')).names).toEqual({ name: 'overflow' });
  });

  it('share the target whose own name happens to be that of the overflow', () => {
    const { busy, router } = setUp({ name: '{attributes.tenant}' });
    const own = router.route(ofTenant('overflow'));
    for (const target of [own, ...['a', 'b'].map((t) => router.route(ofTenant(t)))])
      busy.add(target);
    expect(router.route(ofTenant('d'))).toBe(own);
  });

  it.each([
    ['the record', '{attributes.tenant}'],
    ['the resource', '{service.name}'],
    ['both', '{service.name}/{attributes.tenant}'],
  ])('are never more than one over the limit where names differ by %s', (_by, template) => {
    const { busy, router } = setUp({ name: template }, 5);
    for (let number = 0; number < 100; number += 1) {
      const record = createLogRecord({
        attributes: { tenant: `t${number % 10}` },
        resource: createResource({ 'service.name': `s${number}` }),
      });
      busy.add(router.route(record));
    }
    expect(busy.size).toBe(6);
  });
});

it('an idle overflow target never makes room for a target more than may live', () => {
  const { busy, router } = setUp({ name: '{attributes.tenant}' });
  for (let number = 0; number < 50; number += 1) {
    const target = router.route(ofTenant(`t${number}`));
    if (target.names['name'] !== 'overflow') busy.add(target);
  }
  expect([...busy].map(({ names }) => names['name'])).toEqual(['t0', 't1', 't2']);
});

describe('a forgotten target', () => {
  it('is told once, and its records get a new one', () => {
    const { forgotten, router } = setUp({ name: '{service.name}' });
    const record = ofService('a');
    const target = router.route(record);
    router.forget(target);
    router.forget(target);
    expect(forgotten).toEqual([target]);
    expect(router.route(record)).not.toBe(target);
  });
});

it('a target that is forgotten while a record is named is not the one of that record', () => {
  let forget = (): void => {};
  const name = compileTargetName(() => {
    forget();
    return 'a';
  }, rule);
  const router = new Router({
    names: { name },
    maxTargets: 3,
    isIdle: () => true,
    onForget: () => {},
  });
  const target = router.route(ofTenant('a'));
  expect(router.route(ofTenant('a'))).toBe(target);
  expect(router.route(ofTenant('a'))).toBe(target);
  forget = () => router.forget(target);
  expect(router.route(ofTenant('a'))).not.toBe(target);
});
