import { readdirSync } from 'node:fs';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { HttpLogRecordExporter, type HttpLogRecordExporterOptions } from 'collectorless/http';
import { createLogRecord } from 'collectorless/testing';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { type EchoedAnswer, startEchoServer } from './support/echo-server.ts';
import { SECRETS, secretsIn } from './support/secrets.ts';
import { Witness } from './support/witness.ts';

const { attribute, bearer, content, headerValue, password, pathToken, queryToken, userName } =
  SECRETS;
const records = [createLogRecord({ body: content, attributes: { mail: attribute } })];
const fail = (): never => {
  throw new Error(SECRETS.thrown);
};

/** An address whose path and query are secrets, as they are at Sumo Logic and with webhooks. */
const secretUrl = (base: string): string =>
  `${base}/receiver/v1/http/${pathToken}?key=${queryToken}`;
const headers = { authorization: `Bearer ${bearer}`, 'x-tenant': `{attributes.mail}` };

function create(
  base: string,
  witness: Witness,
  options: Partial<HttpLogRecordExporterOptions> = {},
): HttpLogRecordExporter {
  return new HttpLogRecordExporter({
    url: secretUrl(base),
    headers,
    acknowledge: 'delivered',
    timeoutMillis: 300,
    retry: { initialBackoffMillis: 20, maxBackoffMillis: 20 },
    onDrop: witness.onDrop,
    ...options,
  });
}

type Echo = (request: { readonly head: string; readonly body: string }) => EchoedAnswer;
const answers: Readonly<Record<string, Echo>> = {
  'a refusal that repeats all': ({ head, body }) => ({ status: 400, body: `${head}\n${body}` }),
  'a failure that repeats all': ({ head, body }) => ({ status: 503, body: `${head}\n${body}` }),
  'a redirect to an address with a token': () => ({
    status: 307,
    headers: { location: `http://127.0.0.1:9/${pathToken}?key=${queryToken}` },
    body: '',
  }),
  'an answer whose headers repeat ours': ({ head }) => ({
    status: 401,
    headers: { 'www-authenticate': head, date: 'never', 'retry-after': head },
    body: '',
  }),
};

it.each(Object.entries(answers))('secrets do not come out of %s', async (_, answer) => {
  const witness = new Witness();
  const { dropped } = await witness.run(create(await startEchoServer(answer), witness), records);
  expect(Object.values(dropped)).toEqual([1]);
  expect(secretsIn(witness.text, SECRETS)).toEqual([]);
});

it.each([
  ['nobody listens', 'http://127.0.0.1:9'],
  ['there is no such host', 'http://host.invalid'],
])('secrets do not come out when %s', async (_, base) => {
  const witness = new Witness();
  const { dropped } = await witness.run(create(base, witness), records);
  expect(Object.values(dropped)).toEqual([1]);
  expect(secretsIn(witness.text, SECRETS)).toEqual([]);
});

it('secrets do not come out when the server speaks no TLS', async () => {
  const witness = new Witness();
  const base = await startEchoServer(({ head }) => ({ status: 200, body: head }));
  const { dropped } = await witness.run(create(base.replace('http', 'https'), witness), records);
  expect(Object.values(dropped)).toEqual([1]);
  expect(secretsIn(witness.text, SECRETS)).toEqual([]);
});

it('secrets do not come out of a complaint of Sumo Logic', async () => {
  const witness = new Witness();
  const base = await startEchoServer(({ head }) => ({
    status: 200,
    body: JSON.stringify({ code: 'header.invalid', message: `"${head}" {${content}}` }),
  }));
  const sumo = { fields: { mail: '{attributes.mail}' } };
  await witness.run(create(base, witness, { preset: 'sumologic', sumo }), records);
  await expect.poll(() => witness.text).toContain('header.invalid');
  expect(secretsIn(witness.text, SECRETS)).toEqual([]);
});

const ownFunctions: Readonly<Record<string, Partial<HttpLogRecordExporterOptions>>> = {
  'a headers function that throws': { headers: fail },
  'a headers function that rejects': { headers: () => Promise.reject(new Error(SECRETS.thrown)) },
  'a headers function that answers a line break': {
    headers: () => ({ 'x-a': `${headerValue}\r\nx-b: 1` }),
  },
  'a url function that answers credentials': {
    url: () => `http://${userName}:${password}@127.0.0.1/${pathToken}`,
  },
  'a url function that answers no address': { url: () => pathToken },
  'a partialAcceptance that throws': { partialAcceptance: fail },
};

it.each(Object.entries(ownFunctions))('secrets do not come out of %s', async (_, options) => {
  const witness = new Witness();
  const base = await startEchoServer(({ head, body }) => ({ status: 200, body: head + body }));
  await witness.run(create(base, witness, options), records);
  expect(secretsIn(witness.text, SECRETS)).toEqual([]);
});

it.each<[string, Partial<HttpLogRecordExporterOptions>]>([
  ['credentials in the address', { url: `https://${userName}:${password}@h/${pathToken}` }],
  ['a space behind a token', { url: `https://h/${pathToken} x?key=${queryToken}` }],
  ['no scheme', { url: `h/${pathToken}?key=${queryToken}` }],
  ['a header with a line break', { headers: { 'x-a': `${headerValue}\n` } }],
  ['a field with a comma', { preset: 'sumologic', sumo: { fields: { a: `${headerValue},b` } } }],
  ['a category with a line break', { preset: 'sumologic', sumo: { category: `${headerValue}\n` } }],
])('secrets do not come out of the error for %s', (_, options) => {
  const witness = new Witness();
  const thrown = witness.catch(() => create('http://127.0.0.1:9', witness, options));
  expect(thrown).toMatchObject({ code: 'ERR_INVALID_OPTION' });
  expect(secretsIn(witness.text, SECRETS)).toEqual([]);
});

it('secrets are in no name of the spool', async () => {
  const witness = new Witness();
  const directory = tempFolder();
  const exporter = create('http://127.0.0.1:9', witness, {
    acknowledge: 'accepted',
    spool: { directory },
    shutdownTimeoutMillis: 300,
    groupBy: ({ attributes }) => String(attributes['mail']),
  });
  const { spooled } = await witness.run(exporter, records);
  expect(spooled).toBe(1);
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  expect(paths.some((path) => path.endsWith('.spool'))).toBe(true);
  expect(secretsIn(paths.join('\n'), SECRETS)).toEqual([]);
});

it('what the batch processor tells of a failed export has no secrets, whatever an encoder throws', async () => {
  const witness = new Witness();
  const encoder = { name: 'own', contentType: 'text/plain', isText: true, encode: fail };
  const exporter = create('http://127.0.0.1:9', witness, { encoding: encoder, onDrop: () => {} });
  const processor = new BatchLogRecordProcessor({ exporter });
  const provider = new LoggerProvider({ processors: [processor] });
  provider.getLogger('a').emit({ body: content, attributes: { mail: attribute } });
  await provider.shutdown();
  expect(exporter.stats().dropped).toEqual({ invalid: 1 });
  expect(witness.text).toContain('The encoder threw');
  expect(secretsIn(witness.text, SECRETS)).toEqual([]);
});
