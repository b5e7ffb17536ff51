import type { ResourceDetector } from '@opentelemetry/resources';
import type { Environment } from './environment/environment.ts';
import { isTrue, readVariable } from './read-variable.ts';

/** What we use of `@opentelemetry/resource-detector-aws`; one may be missing in a version. */
export interface AwsDetectors {
  readonly awsBeanstalkDetector?: ResourceDetector;
  readonly awsEc2Detector?: ResourceDetector;
  readonly awsEcsDetector?: ResourceDetector;
  readonly awsEksDetector?: ResourceDetector;
  readonly awsLambdaDetector?: ResourceDetector;
}

/** Answers the text of a file, `undefined` when it cannot be read. */
export type ReadText = (path: string) => string | undefined;

/**
 * Those of the detectors that know without asking, and those that ask a service that is there: a metadata
 * service that nobody answers for would hold up the first logs, or the end of a short process, for seconds.
 */
export function awsDetectors(
  detectors: AwsDetectors,
  environment: Environment,
  readText: ReadText,
): readonly ResourceDetector[] {
  const {
    awsBeanstalkDetector,
    awsEc2Detector,
    awsEcsDetector,
    awsEksDetector,
    awsLambdaDetector,
  } = detectors;
  // They look at variables and at a file first.
  const quiet = [awsBeanstalkDetector, awsEcsDetector, awsLambdaDetector];
  return [...quiet, ...asking()].filter((detector) => detector !== undefined);

  function asking(): readonly (ResourceDetector | undefined)[] {
    if (!isAmazonMachine(readText)) return [];
    if (readVariable(environment, 'KUBERNETES_SERVICE_HOST') !== undefined) return [awsEksDetector];
    return hasInstanceMetadata(environment, readText) ? [awsEc2Detector] : [];
  }
}

/** Nitro and Xen instances say so in what the kernel tells about the machine; containers see it too. */
function isAmazonMachine(readText: ReadText): boolean {
  const vendor = readText('/sys/devices/virtual/dmi/id/sys_vendor');
  const xen = readText('/sys/hypervisor/uuid');
  return vendor?.trim() === 'Amazon EC2' || xen?.startsWith('ec2') === true;
}

/** In a container the answer of the instance's metadata service often does not arrive (its hop limit is 1). */
function hasInstanceMetadata(environment: Environment, readText: ReadText): boolean {
  const isElsewhere =
    readVariable(environment, 'ECS_CONTAINER_METADATA_URI_V4') !== undefined ||
    readVariable(environment, 'AWS_LAMBDA_FUNCTION_NAME') !== undefined ||
    readText('/.dockerenv') !== undefined ||
    readText('/run/.containerenv') !== undefined;
  return !isElsewhere && !isTrue(environment, 'AWS_EC2_METADATA_DISABLED');
}
