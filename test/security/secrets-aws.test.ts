import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import type { LogRecordExporterOptions } from '../../src/exporter/exporter-options.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type EchoedAnswer, startEchoServer } from './support/echo-server.ts';
import { SECRETS, secretsIn } from './support/secrets.ts';
import { Witness } from './support/witness.ts';

const { accessKeyId, attribute, content, secretAccessKey, sessionToken } = SECRETS;
const credentials = { accessKeyId, secretAccessKey, sessionToken };
const records = [createLogRecord({ body: content, attributes: { mail: attribute } })];

const exporters = {
  firehose: (endpoint: string, options: LogRecordExporterOptions) =>
    new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      clientConfig: { endpoint, region: 'us-east-1', credentials },
      ...options,
    }),
  'cloudwatch-logs': (endpoint: string, options: LogRecordExporterOptions) =>
    new CloudWatchLogRecordExporter({
      clientConfig: { endpoint, region: 'us-east-1', credentials },
      ...options,
    }),
  sqs: (endpoint: string, options: LogRecordExporterOptions) =>
    new SqsLogRecordExporter({
      queueUrl: `${endpoint}/123456789012/logs`,
      clientConfig: { endpoint, region: 'us-east-1', credentials },
      ...options,
    }),
};
const names = Object.keys(exporters) as (keyof typeof exporters)[];

type Echo = (request: { readonly head: string; readonly body: string }) => EchoedAnswer;
const failure = (type: string, message: string, status = 400): EchoedAnswer => ({
  status,
  body: JSON.stringify({ __type: type, message }),
});
/** What services, and what stands before them, repeat of a request. */
const echoes: Readonly<Record<string, Echo>> = {
  'a validation error with the value': ({ body }) =>
    failure(
      'ValidationException',
      `1 validation error detected: Value '${body}' at 'records' failed to satisfy constraint`,
    ),
  'a validation error with the content alone': () =>
    failure('InvalidParameterException', `Invalid value "${content}" of ["${attribute}"]`),
  'a signature error with the canonical request': ({ head }) =>
    failure(
      'InvalidSignatureException',
      `The Canonical String for this request should have been\n'POST\n/\n${head}'`,
      403,
    ),
  'a signature error in one line': ({ head }) =>
    failure('AccessDeniedException', `Not authorized: ${head}`),
  'a proxy error with the whole request': ({ head, body }) => ({
    status: 502,
    body: `<html>${head} ${body}</html>`,
  }),
  // Of a name the SDK keeps what is before the first colon or comma.
  'an error whose name is a header': () => failure(sessionToken, 'no'),
  'an error whose name is the content': () => failure(content, 'no'),
  'an error header with a header': () => ({
    status: 400,
    headers: { 'x-amzn-errortype': `Credential=${accessKeyId}` },
    body: '{}',
  }),
};

describe.each(names)('secrets of the %s exporter', (name) => {
  it.each(Object.entries(echoes))('do not come out of %s', async (_, echo) => {
    const witness = new Witness();
    const endpoint = await startEchoServer(echo);
    const exporter = exporters[name](endpoint, {
      acknowledge: 'delivered',
      timeoutMillis: 400,
      retry: { initialBackoffMillis: 20, maxBackoffMillis: 20 },
      onDrop: witness.onDrop,
    });
    const { dropped } = await witness.run(exporter, records);
    expect(Object.values(dropped)).toEqual([1]);
    expect(secretsIn(witness.text, SECRETS)).toEqual([]);
    expect(witness.text).not.toBe('');
  });

  it('do not come out when nobody listens', async () => {
    const witness = new Witness();
    const exporter = exporters[name]('http://127.0.0.1:9', {
      acknowledge: 'delivered',
      timeoutMillis: 300,
      onDrop: witness.onDrop,
    });
    await witness.run(exporter, records);
    expect(secretsIn(witness.text, SECRETS)).toEqual([]);
  });

  it('are in no name of the spool, and its files are private', async () => {
    const witness = new Witness();
    const directory = tempFolder();
    const exporter = exporters[name]('http://127.0.0.1:9', {
      spool: { directory },
      shutdownTimeoutMillis: 300,
      onDrop: witness.onDrop,
    });
    const { spooled } = await witness.run(exporter, records);
    expect(spooled).toBe(1);
    const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    expect(paths.some((path) => path.endsWith('.spool'))).toBe(true);
    for (const path of paths) {
      expect(secretsIn(`${path}\n${witness.text}`, SECRETS)).toEqual([]);
      expect(statSync(join(directory, path)).mode & 0o077).toBe(0);
    }
  });
});

it('a queue address with credentials is refused without them', () => {
  const { password, userName } = SECRETS;
  const witness = new Witness();
  for (const rest of ['sqs.us-east-1.amazonaws.com/1/logs', '/1/logs', '{host}/logs', 'h/a@b']) {
    const queueUrl = `https://${userName}:${password}@${rest}`;
    const thrown = witness.catch(() => new SqsLogRecordExporter({ queueUrl }));
    expect(thrown).toMatchObject({ code: 'ERR_INVALID_OPTION' });
  }
  expect(secretsIn(witness.text, SECRETS)).toEqual([]);
});
