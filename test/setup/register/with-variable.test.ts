import { afterEach, describe, expect, it, vi } from 'vitest';
import { withOtlpTimeout, withVariable } from '../../../src/setup/with-variable.ts';

const NAME = 'COLLECTORLESS_TEST_LEVEL';
const OTLP_TIMEOUT = 'OTEL_EXPORTER_OTLP_TIMEOUT';

afterEach(() => void vi.unstubAllEnvs());

describe('withVariable', () => {
  it('gives a variable back after work that throws', () => {
    vi.stubEnv(NAME, 'debug');
    const work = (): never => {
      throw new Error(`It is ${process.env[NAME] ?? 'gone'}`);
    };
    expect(() => withVariable(NAME, undefined, work)).toThrow('It is gone');
    expect(process.env[NAME]).toBe('debug');
  });

  it('leaves no variable that was not set', () => {
    expect(withVariable(NAME, 'info', () => process.env[NAME])).toBe('info');
    expect(process.env).not.toHaveProperty(NAME);
  });
});

describe('withOtlpTimeout', () => {
  it('sets the time that the end of a process may take, for the work alone', () => {
    vi.stubEnv(OTLP_TIMEOUT, undefined);
    expect(withOtlpTimeout(() => process.env[OTLP_TIMEOUT])).toBe('8000');
    expect(process.env).not.toHaveProperty(OTLP_TIMEOUT);
  });

  it('leaves the time that the user has set', () => {
    vi.stubEnv(OTLP_TIMEOUT, '20000');
    expect(withOtlpTimeout(() => process.env[OTLP_TIMEOUT])).toBe('20000');
  });
});
