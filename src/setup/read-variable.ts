import type { Environment } from './environment/environment.ts';

/** The value of a variable; one that is empty counts as not set (OpenTelemetry environment variables). */
export function readVariable(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

/** The values of a variable that is a list with commas; empty when it is not set. */
export function readList(environment: Environment, name: string): readonly string[] {
  const parts = readVariable(environment, name)?.split(',') ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** True for `true` in any case; everything else is false (OpenTelemetry specification, "Boolean"). */
export function isTrue(environment: Environment, name: string): boolean {
  return readVariable(environment, name)?.toLowerCase() === 'true';
}
