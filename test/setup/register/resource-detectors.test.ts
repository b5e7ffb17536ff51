import {
  envDetector,
  hostDetector,
  osDetector,
  processDetector,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { expect, it } from 'vitest';
import type { ReadText } from '../../../src/setup/aws-detectors.ts';
import { chooseDetectors } from '../../../src/setup/detect-resource.ts';
import type { Environment } from '../../../src/setup/environment/environment.ts';
import { createPackageLoader, type PackageLoader } from '../../../src/setup/package-loader.ts';
import { toldLines } from '../../support/told-lines.ts';

const packages = createPackageLoader([import.meta.url]);
const NITRO = { '/sys/devices/virtual/dmi/id/sys_vendor': 'Amazon EC2\n' };
const XEN = { '/sys/hypervisor/uuid': 'ec2e1916-9099-7caf-fd21-012345abcdef\n' };
const QUIET = ['AwsBeanstalkDetector', 'AwsEcsDetector', 'AwsLambdaDetector'];

function namesOf(environment: Environment, files: Readonly<Record<string, string>>): string[] {
  const readText: ReadText = (path) => files[path];
  const sdk = { hasInstrumentations: true, packages };
  return chooseDetectors(sdk, environment, readText)
    .map((detector) => detector.constructor.name)
    .filter((name) => name.startsWith('Aws'));
}

it('asks no metadata service on a machine that is not in AWS', () => {
  expect(namesOf({}, {})).toEqual(QUIET);
  expect(namesOf({}, { '/sys/devices/virtual/dmi/id/sys_vendor': 'QEMU' })).toEqual(QUIET);
  expect(namesOf({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, {})).toEqual(QUIET);
});

it.each([
  ['Nitro', NITRO],
  ['Xen', XEN],
])('asks the metadata service on an EC2 instance (%s)', (_, files) => {
  expect(namesOf({}, files)).toEqual([...QUIET, 'AwsEc2Detector']);
});

it('asks the cluster in Kubernetes on EC2', () => {
  const environment = { KUBERNETES_SERVICE_HOST: '10.0.0.1' };
  expect(namesOf(environment, NITRO)).toEqual([...QUIET, 'AwsEksDetector']);
});

it.each<[string, Environment, Readonly<Record<string, string>>]>([
  ['a task of ECS', { ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/x' }, {}],
  ['a Lambda function', { AWS_LAMBDA_FUNCTION_NAME: 'f' }, {}],
  ['a container', {}, { '/.dockerenv': '' }],
  ['another container', {}, { '/run/.containerenv': '' }],
  ['an instance that forbids it', { AWS_EC2_METADATA_DISABLED: 'true' }, {}],
])('does not ask for the instance in %s', (_, environment, files) => {
  expect(namesOf(environment, { ...NITRO, ...files })).toEqual(QUIET);
});

it('reads the variables last, so that they win', () => {
  const detectors = chooseDetectors({ hasInstrumentations: false, packages }, {}, () => undefined);
  expect(detectors.at(-1)?.constructor.name).toBe(envDetector.constructor.name);
});

it('has the names of the SDK without instrumentations, and warns of others', () => {
  const warnings = toldLines();
  const choose = (value: string): string[] =>
    chooseDetectors(
      { hasInstrumentations: false, packages },
      { OTEL_NODE_RESOURCE_DETECTORS: value },
    ).map((detector) => detector.constructor.name);
  const nameOf = (detector: object): string => detector.constructor.name;
  expect(choose('os, host')).toEqual([osDetector, hostDetector].map(nameOf));
  expect(choose('none')).toEqual([]);
  expect(choose('all')).toEqual(
    [processDetector, hostDetector, osDetector, serviceInstanceIdDetector, envDetector].map(nameOf),
  );
  expect(warnings).toEqual([]);
  expect(choose('aws,constructor')).toEqual([]);
  expect(warnings).toEqual([
    expect.stringContaining('no detector is called `aws`'),
    expect.stringContaining('no detector is called `constructor`'),
  ]);
});

it('does without detectors when their packages do not load', () => {
  const broken: PackageLoader = {
    resolve: () => undefined,
    load() {
      throw new SyntaxError('Unexpected token');
    },
    near: () => broken,
  };
  const none = createPackageLoader([]);
  for (const loader of [broken, none]) {
    expect(chooseDetectors({ hasInstrumentations: true, packages: loader }, {})).toEqual([]);
  }
});
