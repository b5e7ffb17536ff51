import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DoctorReport } from '../../../src/cli/doctor/doctor-report.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { runProgram } from '../support/run-program.ts';
import { type Certificate, createCertificate } from './support/create-certificate.ts';
import {
  type AwsName,
  awsNames,
  runDoctor,
  statusOf,
  targetOptions,
  variablesFor,
  withServices,
} from './support/doctor-run.ts';
import {
  answering,
  startHttp,
  startHttps,
  startHttpsWithPlainAnswer,
  startTlsFront,
  unusedPort,
  webPage,
} from './support/servers.ts';

const YESTERDAY = Date.now() - 86_400_000;

type Name = AwsName | 'http';

/** What `doctor` finds of an exporter that sends to an address. */
function runAt(
  name: Name,
  address: string,
  variables: Readonly<Record<string, string>> = {},
): ReturnType<typeof runDoctor> {
  if (name === 'http') return runDoctor(['http', '--set', `url=${address}/secret-path`], variables);
  return runDoctor([name, '--set', targetOptions[name]], {
    AWS_ENDPOINT_URL: address,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIALOCALSERVICES000',
    AWS_SECRET_ACCESS_KEY: 'secret',
    ...variables,
  });
}

describe.each<Name>([...awsNames, 'http'])('doctor %s', (name) => {
  it('names an address at which nobody listens', async () => {
    const report = await runAt(name, `http://127.0.0.1:${await unusedPort()}`);
    expect(report).toMatchObject({ cause: 'connection_refused', exitCode: 1 });
    expect(statusOf(report, 'tcp')).toBe('failed');
    expect(statusOf(report, 'record')).toBe('skipped');
  });

  it('names a host that there is not', async () => {
    const report = await runAt(name, 'http://no-such-host.invalid');
    expect(report).toMatchObject({
      cause: 'unknown_host',
      sentence: 'The name no-such-host.invalid cannot be resolved.',
    });
  });

  it('says that a proxy of the environment is not used when the host cannot be reached', async () => {
    const report = await runAt(name, 'https://no-such-host.invalid', {
      HTTPS_PROXY: 'http://user:password@proxy.example:3128',
    });
    expect(report).toMatchObject({
      cause: 'proxy_not_used',
      sentence: expect.stringContaining('HTTPS_PROXY is set, but the exporter does not read'),
    });
    expect(statusOf(report, 'proxy')).toBe('warning');
    expect(report.text).not.toContain('password');
  });

  it('blames no proxy for a host that is excepted from it', async () => {
    const report = await runAt(name, 'https://no-such-host.invalid', {
      HTTPS_PROXY: 'http://proxy.example:3128',
      NO_PROXY: 'localhost,.invalid',
    });
    expect(report).toMatchObject({ cause: 'unknown_host' });
  });

  it('names a certificate that nobody trusts', async () => {
    const port = await startHttps(createCertificate('localhost'), answering(200));
    const report = await runAt(name, `https://localhost:${port}`);
    expect(report).toMatchObject({
      cause: 'tls_untrusted',
      mend: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
    expect(statusOf(report, 'tls')).toBe('failed');
  });

  it('names a plain server behind an https address', async () => {
    const port = await startHttp(answering(200));
    expect(await runAt(name, `https://127.0.0.1:${port}`)).toMatchObject({
      cause: 'tls_to_plain_server',
    });
  });

  it('names a TLS server behind an http address', async () => {
    const port = await startHttps(createCertificate('localhost'), answering(200));
    expect(await runAt(name, `http://127.0.0.1:${port}`)).toMatchObject({
      cause: 'plain_to_tls_server',
    });
  });

  it('names a TLS port that answers plain text with 400, as nginx does', async () => {
    const port = await startHttpsWithPlainAnswer(createCertificate('localhost'));
    expect(await runAt(name, `http://127.0.0.1:${port}`)).toMatchObject({
      cause: 'plain_to_tls_server',
    });
  });

  it('names a proxy that asks for credentials', async () => {
    const port = await startHttp(answering(407, { 'proxy-authenticate': 'Basic' }, 'no'));
    expect(await runAt(name, `http://127.0.0.1:${port}`)).toMatchObject({
      cause: 'proxy_authentication',
    });
  });

  it('names a server that is another one, by its 404', async () => {
    const port = await startHttp(answering(404, { 'content-type': 'text/html' }, '<html>'));
    expect(await runAt(name, `http://127.0.0.1:${port}`)).toMatchObject({
      cause: 'wrong_endpoint',
    });
  });

  it('names a page to log in that everything is sent to', async () => {
    const port = await startHttp(answering(302, { location: 'http://login.example/' }));
    expect(await runAt(name, `http://127.0.0.1:${port}`)).toMatchObject({ cause: 'redirected' });
  });
});

describe.each(awsNames)('doctor %s', (name) => {
  it('names a web server in place of AWS', async () => {
    const port = await startHttp(webPage);
    expect(await runAt(name, `http://127.0.0.1:${port}`)).toMatchObject({
      cause: 'wrong_endpoint',
      sentence: expect.stringContaining('answers text/html (HTTP 200)'),
    });
  });

  it.each<[string, RequestListener]>([
    ['an empty 200', answering(200)],
    ['a 200 with an empty object', answering(200, {}, '{}')],
    ['a 200 with null', answering(200, { 'content-type': 'application/json' }, 'null')],
    ['a 200 with other JSON', answering(200, { 'content-type': 'application/json' }, '{"ok":1}')],
    ['a 404 in JSON', answering(404, {}, '{"error":"Not found"}')],
    ['a 403 in JSON', answering(403, {}, '{"message":"Forbidden"}')],
    ['an error with a name of its own', answering(400, {}, '{"code":"no_such_route"}')],
  ])('names another server by %s', async (_what, listener) => {
    const report = await runAt(name, `http://127.0.0.1:${await startHttp(listener)}`);
    expect(report).toMatchObject({
      cause: 'wrong_endpoint',
      sentence: expect.stringContaining('which the service never does'),
      exitCode: 1,
    });
    expect(statusOf(report, 'record')).toBe('failed');
  });

  it('names an endpoint that is no address', async () => {
    expect(await runAt(name, 'no address')).toMatchObject({ cause: 'invalid_configuration' });
  });
});

describe('doctor, with a certificate that is trusted', () => {
  /** As a process of its own, because Node.js reads the variable at its start. */
  async function causeOf(
    certificate: Certificate,
    commandArguments: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): Promise<string | undefined> {
    const file = join(tempFolder(), 'authority.pem');
    writeFileSync(file, certificate.cert);
    const { stdout } = await runProgram(['doctor', '--json', ...commandArguments], {
      NODE_EXTRA_CA_CERTS: file,
      ...variables,
    });
    const { exporters } = JSON.parse(stdout) as DoctorReport;
    return exporters[0]?.cause;
  }

  it('finds nothing wrong with an AWS service behind TLS', async () => {
    const services = await withServices();
    const certificate = createCertificate('localhost');
    const port = await startTlsFront(certificate, services.clientConfig.endpoint);
    const cause = await causeOf(certificate, ['sqs', '--set', targetOptions.sqs], {
      ...variablesFor(services),
      AWS_ENDPOINT_URL: `https://localhost:${port}`,
    });
    expect(cause).toBeUndefined();
    expect(services.sqs.messages).toHaveLength(1);
  });

  it.each<[string, Certificate, string | undefined]>([
    ['finds nothing wrong with one for this name', createCertificate('localhost'), undefined],
    ['names one for another name', createCertificate('other.example'), 'tls_hostname'],
    ['names one that has expired', createCertificate('localhost', YESTERDAY), 'tls_expired'],
  ])('%s', async (_what, certificate, cause) => {
    const port = await startHttps(certificate, answering(200));
    const url = `https://localhost:${port}/`;
    expect(await causeOf(certificate, ['http', '--set', `url=${url}`])).toBe(cause);
  });
});
