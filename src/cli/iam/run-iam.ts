import { LOAD_EXPORTER } from '../../setup/environment/load-exporter.ts';
import type { CliIo } from '../cli-io.ts';
import { readSettings } from '../settings/read-settings.ts';
import { type SelectedExporter, selectExporters } from '../settings/select-exporters.ts';
import { UserError } from '../user-error.ts';
import { cloudWatchLogsPermissions } from './cloudwatch-logs-permissions.ts';
import { findScope, type ScopeOptions } from './find-scope.ts';
import { firehosePermissions } from './firehose-permissions.ts';
import type { Permissions, Policy } from './policy.ts';
import { sqsPermissions } from './sqs-permissions.ts';

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
  const selected = selectExporters(names, options.set ?? [], io);
  if (options.kmsKey !== undefined && !selected.some(({ name }) => name === 'sqs')) {
    throw new UserError('--kms-key is for sqs: other exporters need nothing for a key', {
      exitCode: 2,
    });
  }
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
  if (name === 'http' || name === 'zeromq') {
    return { statements: [], notes: [`${name}: needs no permission of AWS.`] };
  }
  const { missing, options } = readSettings(name, environment, warn);
  if (missing.length > 0) {
    const variables = missing.map((ones) => ones.join(' or ')).join(', ');
    throw new UserError(`${name}: set ${variables}, or the option with --set`, { exitCode: 2 });
  }
  await checkNames(name, options);
  const { notes, scope } = findScope(name, options, environment, given);
  const permissions = {
    'cloudwatch-logs': () => cloudWatchLogsPermissions(options, scope),
    firehose: () => firehosePermissions(options, scope),
    sqs: () => sqsPermissions(options, scope, given.kmsKey),
  }[name]();
  return { ...permissions, notes: [...permissions.notes, ...notes] };
}

/** The exporter itself knows best what is a name. */
async function checkNames(
  name: SelectedExporter['name'],
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const construct = await LOAD_EXPORTER[name]();
  try {
    void construct(options).shutdown();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_OPTION')) {
      throw error;
    }
    throw new UserError(`${name}: ${error.message}`, { exitCode: 2, cause: error });
  }
}
