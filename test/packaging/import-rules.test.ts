import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from './support/package-root.ts';

const imports = 'lint/style/noRestrictedImports';
const plugin = 'plugin';

/** Folder, statement, and the rule that must complain. */
const forbidden: readonly (readonly [folder: string, statement: string, rule: string])[] = [
  ['src/encode', "import type { A } from '../route/target.ts';", imports],
  ['src/encode', "import type { A } from '../send/send-outcome.ts';", imports],
  ['src/encode', "import type { A } from '../destinations/firehose/index.ts';", imports],
  ['src/encode', "import type { A } from '../index.ts';", imports],
  ['src/encode', "export { readFile } from 'node:fs/promises';", imports],
  ['src/route', "import type { A } from '../encode/encoders.ts';", imports],
  ['src/route', "import type { A } from '../exporter/destination.ts';", imports],
  ['src/pack', "import type { A } from '../send/send-outcome.ts';", imports],
  ['src/pack', "import type { A } from '../invalid-option-error.ts';", imports],
  ['src/pack', "import type { A } from '@opentelemetry/api';", imports],
  ['src/pack', "import type { A } from 'node:fs';", imports],
  ['src/pack', 'export const now = Date.now();', 'lint/style/noRestrictedGlobals'],
  ['src/pack', 'export const random = Math.random();', plugin],
  ['src/send', "import type { A } from '../report/account.ts';", imports],
  ['src/send', "import type { A } from '../exporter/destination.ts';", imports],
  ['src/send', "import type { A } from '@opentelemetry/core';", imports],
  ['src/send', "import { packBatches } from '../pack/pack-batches.ts';", plugin],
  ['src/spool', "import type { A } from '../send/send-outcome.ts';", imports],
  ['src/spool', "import type { A } from '@opentelemetry/api';", imports],
  ['src/spool', "import { tryLock } from 'fs-native-extensions';", plugin],
  ['src/processor', "import type { A } from '../destinations/sqs/index.ts';", imports],
  ['src/processor', "import type { A } from '../encode/encoders.ts';", imports],
  ['src/report', "import type { A } from '../encode/encoders.ts';", imports],
  ['src/report', "import type { A } from '../pack/packed-entry.ts';", imports],
  ['src/report', "import { send } from '../send/send-batch.ts';", plugin],
  ['src/exporter', "import type { A } from '../destinations/aws/aws-client.ts';", imports],
  ['src/exporter', "import type { A } from '../testing/index.ts';", imports],
  ['src/destinations/sqs', "import type { A } from '../firehose/index.ts';", imports],
  ['src/destinations/sqs', "import type { A } from '../../report/account.ts';", imports],
  ['src/destinations/sqs', "import type { A } from '../../encode/encoders.ts';", imports],
  ['src/destinations/sqs', "import type { A } from '../../index.ts';", imports],
  ['src/destinations/sqs', "import { packBatches } from '../../pack/pack-batches.ts';", plugin],
  ['src/destinations/sqs', "import { SQSClient } from '@aws-sdk/client-sqs';", plugin],
  ['src/destinations/sqs', "export * as zmq from 'zeromq';", plugin],
  [
    'src/destinations/sqs',
    "import { SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';",
    plugin,
  ],
  ['src/destinations/sqs', "import type { A } from '../../cli/check.ts';", imports],
  ['src/destinations/sqs', "import type { A } from '../../manifest/option-table.ts';", imports],
  ['src/destinations/sqs', "import { A } from './sqs-table.ts';", imports],
  ['src/destinations/sqs', "import { commands } from './cli/commands.ts';", imports],
  ['src/destinations/sqs', "import type { A } from '../manifests.ts';", imports],
  ['src/destinations/sqs', "import { connect } from 'mqtt';", plugin],
  ['src/destinations/sqs/cli', "import type { A } from '../../http/index.ts';", imports],
  ['src/destinations/sqs/cli', "import type { A } from '../../../setup/start-sdk.ts';", imports],
  ['src/destinations/sqs/cli', "import { SQSClient } from '@aws-sdk/client-sqs';", plugin],
  ['src/destinations', "import type { A } from '../send/send-outcome.ts';", imports],
  ['src/manifest', "import type { A } from '../destinations/sqs/index.ts';", imports],
  ['src/manifest', "import type { A } from '../cli/check.ts';", imports],
  ['src/manifest', "import { A } from '../exporter/exporter-options.ts';", plugin],
  ['src/exporter', "import type { A } from '../manifest/option-table.ts';", imports],
  ['src/exporter', "import { MANIFESTS } from '../destinations/manifests.ts';", imports],
  ['src/decode', "import type { A } from '../destinations/sqs/index.ts';", imports],
  ['src/decode', "import type { A } from '../pack/packed-entry.ts';", imports],
  ['src/testing', "import { it } from 'vitest';", imports],
  ['src/testing', "import { fitRecord } from '../encode/fit-record.ts';", plugin],
  ['src/testing', "import { LogPipeline } from '../exporter/log-pipeline.ts';", plugin],
  ['src/testing/sqs', "export { Ledger } from '../../report/ledger.ts';", plugin],
  ['src/testing/sqs', "import type { A } from '../../destinations/sqs/index.ts';", imports],
  ['src/testing/sqs', "import type { A } from '../../index.ts';", imports],
  ['src/setup', "import type { A } from '../testing/index.ts';", imports],
  ['src/setup', "import { SqsLogRecordExporter } from '../destinations/sqs/index.ts';", plugin],
  ['src/cli', "import { SqsLogRecordExporter } from '../destinations/sqs/index.ts';", plugin],
  ['src', "export { SqsLogRecordExporter } from './destinations/sqs/index.ts';", imports],
  ['src', "export { startLocalServices } from './testing/index.ts';", imports],
  ['src', "export type { A } from './setup/start.ts';", imports],
  ['src/send', "export * from './lane.ts';", 'lint/performance/noReExportAll'],
  ['src/send', 'export const text = 1 as unknown as string;', plugin],
  ['src/send', "console.log('sent');", 'lint/suspicious/noConsole'],
  ['src/setup', "export { pino } from 'pino';", 'lint/correctness/noUndeclaredDependencies'],
];

/** What the rules must let through, or they would forbid the design itself. */
const allowed: readonly (readonly [folder: string, statement: string])[] = [
  ['src/encode', "export type { ReadableLogRecord } from '@opentelemetry/sdk-logs';"],
  ['src/encode', "export { hrTimeToNanoseconds } from '@opentelemetry/core';"],
  ['src/encode', "export { InvalidOptionError } from '../invalid-option-error.ts';"],
  ['src/pack', "export type { PackLimits } from './pack-limits.ts';"],
  ['src/send', "export type { PackedEntry } from '../pack/packed-entry.ts';"],
  ['src/spool', "export { readFile } from 'node:fs/promises';"],
  ['src/spool', "export const load = () => import('fs-native-extensions');"],
  ['src/processor', "export type { Drop } from '../report/drop-reporter.ts';"],
  ['src/report', "export type { SendOutcome } from '../send/send-outcome.ts';"],
  ['src/exporter', "export { fitRecord } from '../encode/fit-record.ts';"],
  ['src/destinations/sqs', "export type { SQSClient } from '@aws-sdk/client-sqs';"],
  ['src/destinations/sqs', "export const load = () => import('@aws-sdk/client-sqs');"],
  ['src/destinations/sqs', "export { createAwsClient } from '../aws/aws-client.ts';"],
  ['src/destinations/sqs', "export { Router } from '../../route/router.ts';"],
  ['src/destinations/sqs', "export type { SendOutcome } from '../../send/send-outcome.ts';"],
  ['src/destinations/sqs', "export type { NameOption } from '../../route/target-name.ts';"],
  ['src/destinations/sqs/cli', "export { ok } from '../../../cli/doctor/check.ts';"],
  ['src/destinations/sqs/cli', "export { SqsLogRecordExporter } from '../index.ts';"],
  ['src/destinations/sqs/cli', "export { Command } from 'commander';"],
  ['src/manifest', "export type { A } from '../exporter/exporter-options.ts';"],
  ['src/cli', "export { MANIFESTS } from '../destinations/manifests.ts';"],
  ['src/setup', "export { MANIFESTS } from '../destinations/manifests.ts';"],
  ['src/decode', "export { keys } from '../encode/document-keys.ts';"],
  ['src/testing', "export { decodeLogRecords } from '../decode/index.ts';"],
  ['src/testing', "export type { Destination } from '../exporter/destination.ts';"],
  ['src/testing/sqs', "export type { Violation } from '../violations.ts';"],
  ['src/setup', "export const load = () => import('../destinations/sqs/index.ts');"],
  ['src', "export { fitRecord } from './encode/fit-record.ts';"],
];

const folder = mkdtempSync(join(tmpdir(), 'collectorless-lint-'));
const complaints = new Map<string, string[]>();

function writeCase(
  name: string,
  [place, statement]: readonly [string, string, ...unknown[]],
): void {
  const file = join(folder, place, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${statement}\n`);
}

beforeAll(() => {
  for (const path of ['biome.json', 'lint', 'package.json']) {
    cpSync(join(packageRoot, path), join(folder, path), { recursive: true });
  }
  forbidden.forEach((row, index) => {
    writeCase(`forbidden-${index}.ts`, row);
  });
  allowed.forEach((row, index) => {
    writeCase(`allowed-${index}.ts`, row);
  });
  const biome = join(packageRoot, 'node_modules/@biomejs/biome/bin/biome');
  const options = ['--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github'];
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', ...options, 'src'], {
    cwd: folder,
    encoding: 'utf8',
  });
  for (const [, rule, file] of stdout.matchAll(/title=([^,]+),file=([^,]+),/g)) {
    const name = file?.split(/[\\/]/).pop() ?? '';
    complaints.set(name, [...(complaints.get(name) ?? []), rule ?? '']);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the linter', () => {
  it.each(forbidden.map((row, index) => [...row, index] as const))(
    'complains in %s about: %s',
    (_folder, _statement, rule, index) => {
      expect(complaints.get(`forbidden-${index}.ts`) ?? []).toContain(rule);
    },
  );

  it.each(allowed.map((row, index) => [...row, index] as const))(
    'lets pass in %s: %s',
    (_folder, _statement, index) => {
      expect(complaints.get(`allowed-${index}.ts`)).toBeUndefined();
    },
  );
});
