import {
  FirehoseClient,
  type FirehoseClientConfig,
  PutRecordBatchCommand,
} from '@aws-sdk/client-firehose';
import { describe, expect, it } from 'vitest';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './support/refusal-of.ts';
import { sendRawBody } from './support/send-raw-body.ts';

const clientOf = (services: LocalServices, config: FirehoseClientConfig = {}): FirehoseClient =>
  new FirehoseClient({ ...services.clientConfig, maxAttempts: 1, ...config });
const put = (client: FirehoseClient): Promise<unknown> =>
  client.send(
    new PutRecordBatchCommand({
      DeliveryStreamName: 'logs',
      Records: [{ Data: Buffer.from('x') }],
    }),
  );
const body = (more: object): string =>
  JSON.stringify({ DeliveryStreamName: 'logs', Records: [{ Data: 'eA==' }], ...more });
const amzJson = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'Firehose_20150804.PutRecordBatch',
};

describe('the body', () => {
  it.each([
    ['is what the client makes', body({}), undefined, undefined],
    ['is not JSON', '{"DeliveryStreamName":', 'SerializationException', 'body-json'],
    ['is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'SerializationException', 'body-utf8'],
    [
      'has a member of another type',
      body({ Records: 'none' }),
      'SerializationException',
      'member-type',
    ],
    [
      'has null for a list entry',
      body({ Records: [null] }),
      'SerializationException',
      'member-type',
    ],
    ['misses a member', '{"Records":[]}', 'ValidationException', 'missing-member'],
    [
      'misses a member deep inside',
      body({ Records: [{}] }),
      'ValidationException',
      'missing-member',
    ],
    ['has an unknown member', body({ Extra: 1 }), 'SerializationException', 'unknown-member'],
    [
      'has an unknown member deep inside',
      body({ Records: [{ Data: '', data: '' }] }),
      'SerializationException',
      'unknown-member',
    ],
    [
      'has base64 without padding',
      body({ Records: [{ Data: 'eA' }] }),
      'SerializationException',
      'record-base64',
    ],
    [
      'has base64 for URLs, with a dash',
      body({ Records: [{ Data: '-A==' }] }),
      'SerializationException',
      'record-base64',
    ],
    [
      'has base64 for URLs, with a low line',
      body({ Records: [{ Data: '_w==' }] }),
      'SerializationException',
      'record-base64',
    ],
    [
      'has spaces in base64',
      body({ Records: [{ Data: 'eA= ' }] }),
      'SerializationException',
      'record-base64',
    ],
  ])('%s', async (_, raw, name, rule) => {
    await using services = await startLocalServices();
    const sent = sendRawBody(clientOf(services), raw);
    if (name === undefined) await sent;
    else expect(await refusalOf(sent)).toMatchObject({ name, status: 400 });
    expect(services.violations.map((violation) => violation.rule)).toEqual(
      rule === undefined ? [] : [rule],
    );
    expect(services.firehose.recordCount).toBe(name === undefined ? 1 : 0);
  });

  it('with an unknown member is taken when not strict', async () => {
    await using services = await startLocalServices({ strict: false });
    await sendRawBody(clientOf(services), body({ Extra: 1 }));
    expect(services.firehose.recordCount).toBe(1);
    expect(services.violations).toMatchObject([{ rule: 'unknown-member' }]);
  });

  it('that names a missing member tells where', async () => {
    await using services = await startLocalServices();
    await refusalOf(sendRawBody(clientOf(services), body({ Records: [{ Data: '' }, {}] })));
    expect(services.violations[0]?.detail).toBe('records.2.member.data');
  });
});

describe('the signature', () => {
  const secretAccessKey = 'another-secret';
  it.each([
    [
      'with an unknown key',
      { credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey } },
      'UnrecognizedClientException',
      [],
    ],
    [
      'with the wrong secret',
      { credentials: { accessKeyId: 'AKIALOCALSERVICES000', secretAccessKey } },
      'InvalidSignatureException',
      ['signature'],
    ],
    [
      'for another region',
      { region: 'eu-west-1' },
      'InvalidSignatureException',
      ['signature-scope'],
    ],
    [
      'for another service',
      { signingName: 'logs' },
      'InvalidSignatureException',
      ['signature-scope'],
    ],
  ])('%s is refused', async (_, config, name, rules) => {
    await using services = await startLocalServices();
    expect(await refusalOf(put(clientOf(services, config)))).toMatchObject({ name, status: 400 });
    expect(services.violations.map(({ rule }) => rule)).toEqual(rules);
    expect(services.firehose.recordCount).toBe(0);
  });

  it('of a body that was changed afterwards is refused', async () => {
    await using services = await startLocalServices();
    const client = clientOf(services);
    client.middlewareStack.add(
      (next) => (args) => {
        const { request } = args;
        if (typeof request === 'object' && request !== null) {
          Object.assign(request, { body: body({ Records: [{ Data: 'eQ==' }] }) });
        }
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const refusal = await refusalOf(put(client));
    expect(refusal.name).toBe('InvalidSignatureException');
    expect(services.violations).toMatchObject([{ rule: 'signature' }]);
  });

  it('that leaves out a header of AWS is refused', async () => {
    await using services = await startLocalServices();
    const client = clientOf(services);
    client.middlewareStack.add(
      (next) => (args) => {
        const { request } = args;
        if (typeof request === 'object' && request !== null && 'headers' in request) {
          Object.assign(request.headers ?? {}, { 'x-amz-security-token': 'added afterwards' });
        }
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    expect(await refusalOf(put(client))).toMatchObject({
      name: 'InvalidSignatureException',
      message: "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization.",
    });
    expect(services.violations).toMatchObject([{ rule: 'signature' }]);
    expect(services.firehose.recordCount).toBe(0);
  });

  it('must be there', async () => {
    await using services = await startLocalServices();
    const answer = await fetch(services.clientConfig.endpoint, {
      method: 'POST',
      headers: amzJson,
      body: body({}),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    expect(services.violations).toMatchObject([{ rule: 'missing-authorization' }]);
  });

  it('must be whole', async () => {
    await using services = await startLocalServices();
    const headers = {
      ...amzJson,
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20261121/us-east-1',
    };
    const answer = await fetch(services.clientConfig.endpoint, {
      method: 'POST',
      headers,
      body: body({}),
    });
    expect(await answer.json()).toMatchObject({ __type: 'IncompleteSignatureException' });
  });

  it('of further accepted credentials is taken', async () => {
    const credentials = { accessKeyId: 'AKIAROTATED', secretAccessKey };
    await using services = await startLocalServices({ acceptedCredentials: [credentials] });
    await put(clientOf(services, { credentials }));
    expect(services.firehose.recordCount).toBe(1);
  });
});

it('another content type is refused', async () => {
  await using services = await startLocalServices();
  const headers = { 'content-type': 'application/json' };
  const refusal = await refusalOf(sendRawBody(clientOf(services), body({}), headers));
  expect(refusal.name).toBe('SerializationException');
  expect(services.violations).toMatchObject([{ rule: 'protocol' }]);
});

it.each(['Nothing_20150804.PutRecordBatch', 'Firehose_20150804.PutNothing', ''])(
  'the operation %j is unknown',
  async (target) => {
    await using services = await startLocalServices();
    const headers = { 'x-amz-target': target };
    const refusal = await refusalOf(sendRawBody(clientOf(services), body({}), headers));
    expect(refusal.name).toBe('UnknownOperationException');
  },
);
