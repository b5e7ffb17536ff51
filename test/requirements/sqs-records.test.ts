// What `camelot`, a Python GUI framework, made of a record, and shipped by HTTP: rows CA-3 to CA-13 of docs/requirements.md.
import { SQSClient } from '@aws-sdk/client-sqs';
import { context } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { DestinationLogRecordExporter } from 'collectorless';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord, createResource } from 'collectorless/testing';
import { expect, it, onTestFinished } from 'vitest';
import { AlsContextManager } from '../support/als-context-manager.ts';
import {
  bodiesOf,
  delivered,
  ending,
  providerOf,
  quick,
  recordsOf,
  startServices,
} from './support/requirement-run.ts';
import { exporterTo, httpExporterTo } from './support/to-sqs.ts';

it('CA-3 one record a request as a url-encoded form, in the query or in the body, or many in a body', async () => {
  const services = await startServices();
  const records = recordsOf('a&b=ä', 'second');
  await delivered(httpExporterTo(services, { method: 'GET', framing: 'form' }), records);
  await delivered(httpExporterTo(services, { method: 'POST', framing: 'form' }), records);
  await delivered(httpExporterTo(services, { method: 'POST' }), records);
  const [gets, forms, batch] = [
    services.http.requests.slice(0, 2),
    services.http.requests.slice(2, 4),
    services.http.requests.slice(4),
  ];
  expect(gets.map(({ query }) => query.get('body')).sort()).toEqual(['a&b=ä', 'second']);
  const bodies = forms.map(({ body }) => new URLSearchParams(String(body)).get('body'));
  expect(bodies.sort()).toEqual(['a&b=ä', 'second']);
  expect(forms[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(batch.map(({ body }) => String(body).trim().split('\n').length)).toEqual([2]);
  expect([...gets, ...forms, ...batch].map(({ method }) => method)).toEqual([
    ...['GET', 'GET', 'POST', 'POST', 'POST'],
  ]);
});

it('CA-4 the address names the user, by a template or a function, escaped', async () => {
  const services = await startServices();
  const record = createLogRecord({ attributes: { 'user.id': '../ann & co' } });
  const { url } = services.http;
  await delivered(httpExporterTo(services, { url: `${url}/{service.name}/{attributes.user.id}` }), [
    record,
  ]);
  await delivered(
    httpExporterTo(services, {
      url: ({ attributes }) => `${url}/u/${encodeURIComponent(String(attributes['user.id']))}`,
    }),
    [record],
  );
  expect(services.http.requests.map(({ path }) => path)).toEqual([
    '/local-service/..%2Fann%20%26%20co',
    '/u/..%2Fann%20%26%20co',
  ]);
});

it('CA-5 every record says which installation it is from', async () => {
  const services = await startServices();
  const resource = createResource({
    'service.name': 'desk',
    'service.instance.id': 'desk-17',
    'host.name': 'pc-17',
    'enduser.id': 'ann',
  });
  await delivered(exporterTo(services), [
    createLogRecord({ resource }),
    createLogRecord({ resource }),
  ]);
  const resources = services.sqs.decoded.map((record) => Object(record).resource);
  expect(resources).toEqual([resource.attributes, resource.attributes]);
});

it('CA-6 any function that sends bytes becomes an exporter with batches, retries and accounts', async () => {
  const arrived: string[] = [];
  let isDown = true;
  const exporter = ending(
    new DestinationLogRecordExporter({
      ...quick,
      destination: {
        name: 'pigeon',
        async send({ entries }) {
          if (isDown) {
            isDown = false;
            throw new Error('no pigeon');
          }
          arrived.push(...entries.map(({ bytes }) => JSON.parse(String(bytes)).body));
        },
      },
    }),
  );
  const provider = providerOf(new BatchLogRecordProcessor({ exporter }));
  for (const body of ['a', 'b']) provider.getLogger('app').emit({ body });
  await provider.forceFlush();
  expect(arrived).toEqual(['a', 'b']);
  expect(exporter.stats()).toMatchObject({ delivered: 2, retried: 2, requests: 2 });
});

it("CA-11 the client's own work is neither traced nor shipped, so that nothing loops", async () => {
  context.setGlobalContextManager(new AlsContextManager());
  onTestFinished(() => context.disable());
  const services = await startServices();
  const suppressed: boolean[] = [];
  const client = new SQSClient({ ...services.clientConfig, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  client.middlewareStack.add(
    (next) => (args) => {
      suppressed.push(isTracingSuppressed(context.active()));
      // A logger of the SDK, or of this package, that logs each request.
      for (const scope of ['@aws-sdk/client-sqs', '@smithy/core', 'collectorless']) {
        provider.getLogger(scope).emit({ body: 'sending' });
      }
      return next(args);
    },
    { step: 'initialize' },
  );
  const exporter = ending(new SqsLogRecordExporter({ queueName: 'logs', client, ...quick }));
  const provider = providerOf(new BatchLogRecordProcessor({ exporter }));
  provider.getLogger('app').emit({ body: 'hello' });
  await provider.forceFlush();
  await provider.forceFlush();
  expect(bodiesOf(services.sqs.decoded)).toEqual(['hello']);
  expect(suppressed).toEqual([true, true]);
  expect(exporter.stats()).toMatchObject({ exported: 1, requests: 1 });
});

it('CA-12 a message is JSON with the fields of resource and record, and extra ones', async () => {
  const services = await startServices();
  const exporter = exporterTo(services, { staticFields: { user: 'ann', revision: 1234 } });
  await delivered(exporter, [createLogRecord({ body: 'hello', attributes: { uid: 'u-1' } })]);
  expect(services.sqs.decoded).toMatchObject([
    {
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/u),
      severity_number: 9,
      severity_text: 'INFO',
      body: 'hello',
      attributes: { uid: 'u-1' },
      resource: { 'service.name': 'local-service' },
      scope: { name: 'local-scope', version: '1.0.0' },
      user: 'ann',
      revision: 1234,
    },
  ]);
});

it('CA-13 an exception arrives as attributes, and the record is as it was for the next exporter', async () => {
  const services = await startServices();
  const attributes = {
    'exception.type': 'TypeError',
    'exception.message': 'no desk',
    'exception.stacktrace': 'TypeError: no desk\n    at app.js:1:1',
  };
  const record = createLogRecord({ body: 'failed', attributes });
  for (const part of [record, record.attributes, record.resource.attributes]) Object.freeze(part);
  const before = JSON.stringify(record);
  await delivered(exporterTo(services), [record]);
  expect(services.sqs.decoded).toMatchObject([{ body: 'failed', attributes }]);
  expect(JSON.stringify(record)).toBe(before);
});
