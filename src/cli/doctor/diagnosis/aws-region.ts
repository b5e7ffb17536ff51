import { closestText } from '../../../closest-text.ts';

/** https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html, read 2026-11-21 */
const REGIONS: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1'],
  ...['mx-central-1', 'sa-east-1', 'af-south-1', 'il-central-1', 'me-central-1', 'me-south-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2'],
  ...['eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
  ...['ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3'],
  ...['ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7'],
  ...['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1', 'eusc-de-east-1'],
];

/** The region that was meant, for one that is not in the list; new regions are not in it either. */
export function similarRegion(region: string): string | undefined {
  return REGIONS.includes(region) ? undefined : closestText(region, REGIONS);
}

/** The region in the name of an AWS host: `sqs.eu-west-1.amazonaws.com`, also of VPC endpoints. */
export function regionOfHost(host: string): string | undefined {
  const pattern =
    /(?:^|\.)([a-z]{2,4}(?:-[a-z]+)+-\d)\.(?:vpce\.)?(?:amazonaws\.com(?:\.cn)?|api\.aws)$/u;
  return pattern.exec(host)?.[1] ?? /^([a-z]{2}(?:-[a-z]+)+-\d)\.queue\.amazonaws/u.exec(host)?.[1];
}
