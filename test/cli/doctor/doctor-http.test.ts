import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/testing/index.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { runDoctor, statusOf, withServices } from './support/doctor-run.ts';
import { answering, startHttp, startSilent, webPage } from './support/servers.ts';

const urlOf = (port: number, path = '/'): string => `url=http://127.0.0.1:${port}${path}`;

describe('doctor http', () => {
  it('finds nothing wrong with a set-up that works, and delivers its record', async () => {
    const services = await withServices();
    const report = await runDoctor(['http', '--set', `url=${services.http.url}/logs`]);
    expect(report.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      'configuration ok',
      'packages ok',
      'endpoint ok',
      'proxy ok',
      'dns skipped',
      'tcp ok',
      'tls skipped',
      'record ok',
      'clock ok',
    ]);
    expect(report.exitCode).toBe(0);
    expect(services.http.decoded).toMatchObject([
      { body: 'collectorless doctor: a test record', severity_number: 9 },
    ]);
    expect(services.violations).toEqual([]);
  });

  it('sends its record with the resource that the variables name', async () => {
    const services = await withServices();
    await runDoctor(['http', '--set', `url=${services.http.url}/logs`], {
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other, team=a%20b,broken,bad=%zz',
    });
    expect(services.http.decoded).toMatchObject([
      { resource: { 'service.name': 'shop', team: 'a b', bad: '%zz' } },
    ]);
  });

  it('shows nothing of the address but its host, and no header', async () => {
    const port = await startHttp(answering(403));
    const report = await runDoctor(
      ['http', '--set', urlOf(port, '/receiver/secret-token?key=hidden-key')],
      { OTEL_EXPORTER_HTTP_LOGS_HEADERS: 'authorization=Bearer%20hidden-token' },
    );
    expect(report).toMatchObject({ cause: 'forbidden' });
    for (const secret of ['secret-token', 'hidden-key', 'hidden-token']) {
      expect(report.text).not.toContain(secret);
    }
  });

  it.each([
    [400, 'bad_request'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'wrong_endpoint'],
    [405, 'method_not_allowed'],
    [410, 'wrong_endpoint'],
    [413, 'too_large'],
    [415, 'unsupported_media_type'],
    [422, 'bad_request'],
    [429, 'throttled'],
    [500, 'service_unavailable'],
    [503, 'service_unavailable'],
  ])('names the cause of a %i: %s', async (status, cause) => {
    const port = await startHttp(answering(status));
    const report = await runDoctor(['http', '--set', urlOf(port)]);
    expect(report).toMatchObject({ cause, sentence: expect.stringContaining(`HTTP ${status}`) });
  });

  it.each<[string, Fault, string]>([
    ['a connection that is cut', { kind: 'reset-before-accept' }, 'connection_reset'],
    ['a server that never answers', { kind: 'hang' }, 'no_answer'],
  ])('names %s', async (_what, fault, cause) => {
    const services = await withServices({ faults: [fault] });
    const commandArguments = [
      'http',
      '--set',
      `url=${services.http.url}/`,
      '--timeout-millis',
      '500',
    ];
    expect(await runDoctor(commandArguments)).toMatchObject({ cause });
  });

  it('names a server that does not answer the TLS handshake', async () => {
    const url = `https://127.0.0.1:${await startSilent()}/`;
    const report = await runDoctor(['http', '--set', `url=${url}`, '--timeout-millis', '500']);
    expect(report).toMatchObject({
      cause: 'no_answer',
      sentence: expect.stringContaining('TLS handshake'),
    });
    expect(statusOf(report, 'tls')).toBe('failed');
  });

  it('warns when a web page answers', async () => {
    const port = await startHttp(webPage);
    const report = await runDoctor(['http', '--set', urlOf(port)]);
    expect(report.exitCode).toBe(0);
    expect(report.steps).toContainEqual({
      step: 'record',
      status: 'warning',
      detail: expect.stringContaining('web page'),
    });
  });

  it('warns of a clock that is wrong, although the record is taken', async () => {
    const date = new Date(Date.now() - 90_000).toUTCString();
    const port = await startHttp(answering(200, { date }));
    const report = await runDoctor(['http', '--set', urlOf(port)]);
    expect(report.exitCode).toBe(0);
    expect(statusOf(report, 'clock')).toBe('warning');
  });

  it('names the variable that is missing', async () => {
    expect(await runDoctor(['http'])).toMatchObject({
      cause: 'missing_configuration',
      mend: 'Set OTEL_EXPORTER_HTTP_LOGS_URL.',
      exitCode: 1,
    });
  });

  it('tells of slips in variables and goes on without them', async () => {
    const services = await withServices();
    const report = await runDoctor(['http', '--set', `url=${services.http.url}/`], {
      OTEL_EXPORTER_HTTP_LOGS_HEDERS: 'a=b',
      OTEL_EXPORTER_HTTP_LOGS_FRAMING: 'rows',
    });
    expect(report.exitCode).toBe(0);
    const warnings = report.steps.filter(({ status }) => status === 'warning');
    expect(warnings.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/HEDERS.*did you mean OTEL_EXPORTER_HTTP_LOGS_HEADERS/u),
      expect.stringMatching(/FRAMING is ignored/u),
    ]);
  });

  it('says that the application has OpenTelemetry switched off', async () => {
    const services = await withServices();
    const report = await runDoctor(['http', '--set', `url=${services.http.url}/`], {
      OTEL_SDK_DISABLED: 'TRUE',
    });
    expect(report.steps).toContainEqual({
      step: 'configuration',
      status: 'warning',
      detail: expect.stringContaining('OTEL_SDK_DISABLED'),
    });
  });

  it('leaves the spool of the application alone', async () => {
    const services = await withServices({ faults: [{ kind: 'error', name: 'x', status: 503 }] });
    const directory = tempFolder();
    const report = await runDoctor(['http', '--set', `url=${services.http.url}/`], {
      OTEL_EXPORTER_HTTP_LOGS_SPOOL_DIRECTORY: directory,
    });
    // With a spool the record would count as delivered.
    expect(report).toMatchObject({ cause: 'service_unavailable' });
    expect(readdirSync(directory)).toEqual([]);
  });
});
