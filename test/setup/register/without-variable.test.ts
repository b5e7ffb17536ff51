import { expect, it, vi } from 'vitest';
import { withoutVariable } from '../../../src/setup/without-variable.ts';

const NAME = 'COLLECTORLESS_TEST_LEVEL';
const isSet = (): boolean => Object.hasOwn(process.env, NAME);

it('gives a variable back after work that throws', () => {
  vi.stubEnv(NAME, 'debug');
  const work = (): never => {
    throw new Error(`It is ${isSet() ? 'set' : 'gone'}`);
  };
  expect(() => withoutVariable(NAME, work)).toThrow('It is gone');
  expect(process.env[NAME]).toBe('debug');
  vi.unstubAllEnvs();
});

it('sets no variable that was not set', () => {
  withoutVariable(NAME, () => {});
  expect(isSet()).toBe(false);
});
