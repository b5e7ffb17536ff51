import { expect } from 'vitest';
import type { Policy } from '../../../../src/cli/iam/policy.ts';
import { runCli } from '../../support/run-cli.ts';

export const where: readonly string[] = ['--region', 'eu-west-1', '--account', '123456789012'];

/** The policy that is printed, and the notes beside it. */
export async function runIam(
  commandArguments: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly statements: unknown; readonly stderr: string }> {
  const { exitCode, stderr, stdout } = await runCli(['iam', ...commandArguments], { environment });
  expect(exitCode).toBe(0);
  const { Statement, Version } = JSON.parse(stdout) as Policy;
  expect(Version).toBe('2012-10-17');
  return { statements: Statement, stderr };
}

export const setting = (...assignments: readonly string[]): readonly string[] =>
  assignments.flatMap((assignment) => ['--set', assignment]);

export function actionsOf(statements: unknown): string[] {
  return (statements as Policy['Statement']).flatMap(({ Action }) => Action);
}
