import { type Check, type Finding, failed, ok, type Subject } from '../check.ts';
import { clockCheck } from '../clock-check.ts';
import { regionOfHost, similarRegion } from '../diagnosis/aws-region.ts';
import type { Facts } from '../diagnosis/diagnosis.ts';
import { hostOf } from '../diagnosis/words-for.ts';
import { createNetworkChecks } from '../network/network-checks.ts';
import { createProxyCheck } from '../network/proxy-check.ts';
import { type AwsDestinationName, withAwsClient } from './aws-clients.ts';
import { createAwsRecordCheck } from './aws-record-check.ts';
import { describeCredentials } from './describe-credentials.ts';
import { lookAtRequest } from './look-at-request.ts';
import { targetOf } from './observed-request.ts';
import { withinMillis } from './within-millis.ts';

/** The SDK asks the machine and the container, which may be slow to say that they have none. */
const MAX_CREDENTIALS_MILLIS = 15_000;

/** What the SDK makes of the set-up, then the way to the service, then the record. */
export function createAwsChecks(subject: Subject, name: AwsDestinationName): readonly Check[] {
  return [
    { step: 'region', run: () => findRegion(subject, name) },
    { step: 'credentials', run: () => findCredentials(subject, name) },
    { step: 'endpoint', run: (facts) => findEndpoint(subject, name, facts) },
    { step: 'target', run: ({ target }) => ok(target ?? 'not told before the first request') },
    createProxyCheck(subject.environment),
    ...createNetworkChecks(subject.timeoutMillis),
    createAwsRecordCheck(subject, name),
    clockCheck,
  ];
}

async function findRegion({ settings }: Subject, name: AwsDestinationName): Promise<Finding> {
  const region = await withAwsClient(name, settings, ({ config }) => config.region());
  const similar = similarRegion(region);
  const hint = `${region} is no region that is known here; ${similar} has a similar name`;
  return { ...ok(region, { region }), warnings: similar === undefined ? [] : [hint] };
}

async function findCredentials({ settings }: Subject, name: AwsDestinationName): Promise<Finding> {
  const identity = await withAwsClient(name, settings, ({ config }) =>
    withinMillis(config.credentials(), MAX_CREDENTIALS_MILLIS),
  );
  return ok(describeCredentials(identity, Date.now()));
}

async function findEndpoint(
  subject: Subject,
  name: AwsDestinationName,
  { region }: Facts,
): Promise<Finding> {
  const seen = await lookAtRequest(subject, name);
  if ('failure' in seen) return failed(seen.failure);
  const { origin } = seen.request;
  const ofHost = regionOfHost(hostOf(origin));
  const isOther = ofHost !== undefined && ofHost !== region;
  const hint = `the host is of ${ofHost}, requests are signed for ${region}`;
  return {
    ...ok(origin, { origin, target: targetOf(seen.request) }),
    warnings: isOther ? [hint] : [],
  };
}
