import { codeOf } from '../../code-of.ts';
import { loadExporter } from '../../setup/environment/load-exporter.ts';
import type { CliIo } from '../cli-io.ts';
import { DESTINATION_NAMES, LOAD_COMMANDS } from '../destinations.ts';
import { readSettings } from '../settings/read-settings.ts';
import { type SelectedExporter, selectExporters } from '../settings/select-exporters.ts';
import { UserError } from '../user-error.ts';
import { findScope, type ScopeOptions } from './find-scope.ts';
import type { Permissions, Policy } from './policy.ts';

export interface IamOptions extends ScopeOptions {
  /** `option=value` */
  readonly set?: readonly string[];
  /** ARN of the key of a queue. */
  readonly kmsKey?: string;
  readonly json?: boolean;
}

/** Prints one policy with what the exporters need, and notes beside it. @throws UserError */
export async function runIam(
  names: readonly string[],
  options: IamOptions,
  io: CliIo,
): Promise<void> {
  const selected = await selectExporters(names, options.set ?? [], io);
  if (options.kmsKey !== undefined) await checkUseOfKey(selected);
  const warn = (message: string): void => {
    io.stderr.write(`warning: ${message}\n`);
  };
  const all = await Promise.all(selected.map((one) => permissionsOf(one, options, warn)));
  const statements = all.flatMap((one) => one.statements);
  const notes = all.flatMap((one) => one.notes);
  const policy: Policy | undefined =
    statements.length === 0 ? undefined : { Version: '2012-10-17', Statement: statements };
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify({ policy: policy ?? null, notes }, undefined, 2)}\n`);
    return;
  }
  if (policy !== undefined) io.stdout.write(`${JSON.stringify(policy, undefined, 2)}\n`);
  for (const note of notes) io.stderr.write(`note: ${note}\n`);
}

async function permissionsOf(
  { environment, name }: SelectedExporter,
  given: IamOptions,
  warn: (message: string) => void,
): Promise<Permissions> {
  const { iam } = await LOAD_COMMANDS[name]();
  if (iam === undefined) {
    return { statements: [], notes: [`${name}: needs no permission of AWS.`] };
  }
  const { missing, options } = await readSettings(name, environment, warn);
  if (missing.length > 0) {
    const variables = missing.map((ones) => ones.join(' or ')).join(', ');
    throw new UserError(`${name}: set ${variables}, or the option with --set`, { exitCode: 2 });
  }
  await checkNames(name, options);
  const place = iam.placeOf?.(options) ?? {};
  const { notes, scope } = findScope(name, { place, options, environment, given });
  const permissions = iam.permissionsOf(options, scope, given.kmsKey);
  return { ...permissions, notes: [...permissions.notes, ...notes] };
}

/** @throws UserError when none of them needs permissions on a key. */
async function checkUseOfKey(selected: readonly SelectedExporter[]): Promise<void> {
  const users: string[] = [];
  for (const name of DESTINATION_NAMES) {
    if ((await LOAD_COMMANDS[name]()).iam?.usesKey === true) users.push(name);
  }
  if (selected.some(({ name }) => users.includes(name))) return;
  const message = `--kms-key is for ${users.join(', ')}: other exporters need nothing for a key`;
  throw new UserError(message, { exitCode: 2 });
}

/** The exporter itself knows best what is a name. */
async function checkNames(
  name: SelectedExporter['name'],
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const construct = await loadExporter(name);
  try {
    void construct(options).shutdown();
  } catch (error) {
    if (!(error instanceof Error) || codeOf(error) !== 'ERR_INVALID_OPTION') throw error;
    throw new UserError(`${name}: ${error.message}`, { exitCode: 2, cause: error });
  }
}
