import { type Check, type Finding, failed, ok, type Subject } from '../check.ts';
import { clockCheck } from '../clock-check.ts';
import { regionOfHost, similarRegion } from '../diagnosis/aws-region.ts';
import type { Facts } from '../diagnosis/diagnosis.ts';
import { hostOf } from '../diagnosis/words-for.ts';
import { createNetworkChecks } from '../network/network-checks.ts';
import { createProxyCheck } from '../network/proxy-check.ts';
import { type AwsDestination, withAwsClient } from './aws-destination.ts';
import { createAwsRecordCheck } from './aws-record-check.ts';
import { describeCredentials } from './describe-credentials.ts';
import { lookAtRequest } from './look-at-request.ts';
import { withinMillis } from './within-millis.ts';

/** The SDK asks the machine and the container, which may be slow to say that they have none. */
const MAX_CREDENTIALS_MILLIS = 15_000;

/** What the SDK makes of the set-up, then the way to the service, then the record. */
export function createAwsChecks(subject: Subject, destination: AwsDestination): readonly Check[] {
  return [
    { step: 'region', run: () => findRegion(subject, destination) },
    { step: 'credentials', run: () => findCredentials(subject, destination) },
    { step: 'endpoint', run: (facts) => findEndpoint(subject, destination, facts) },
    { step: 'target', run: ({ target }) => ok(target ?? 'not told before the first request') },
    createProxyCheck(subject.environment),
    ...createNetworkChecks(subject.timeoutMillis),
    createAwsRecordCheck(subject, destination),
    clockCheck,
  ];
}

async function findRegion({ settings }: Subject, destination: AwsDestination): Promise<Finding> {
  const { classifyAwsError } = await import('../../../destinations/aws/classify-aws-error.ts');
  const region = await withAwsClient(destination, settings, ({ config }) =>
    config.region().catch((thrown: unknown) => {
      // In the words of the exporter, which tells an empty region from a wrong one.
      throw classifyAwsError(thrown, 0).error;
    }),
  );
  const similar = similarRegion(region);
  const hint = `${region} is no region that is known here; ${similar} has a similar name`;
  return { ...ok(region, { region }), warnings: similar === undefined ? [] : [hint] };
}

async function findCredentials(
  { settings }: Subject,
  destination: AwsDestination,
): Promise<Finding> {
  const identity = await withAwsClient(destination, settings, ({ config }) =>
    withinMillis(config.credentials(), MAX_CREDENTIALS_MILLIS),
  );
  return ok(describeCredentials(identity, Date.now()));
}

async function findEndpoint(
  subject: Subject,
  destination: AwsDestination,
  { region }: Facts,
): Promise<Finding> {
  const seen = await lookAtRequest(subject, destination);
  if ('failure' in seen) return failed(seen.failure);
  const { origin } = seen.request;
  const ofHost = regionOfHost(hostOf(origin));
  const isOther = ofHost !== undefined && ofHost !== region;
  const hint = `the host is of ${ofHost}, requests are signed for ${region}`;
  return {
    ...ok(origin, { origin, target: destination.targetOf(seen.request.body) }),
    warnings: isOther ? [hint] : [],
  };
}
