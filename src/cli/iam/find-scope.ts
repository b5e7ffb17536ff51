import type { DestinationName } from '../../destinations/manifests.ts';
import type { OptionValues } from '../../setup/environment/build-options.ts';
import type { Environment } from '../../setup/environment/environment.ts';
import { similarRegion } from '../doctor/diagnosis/aws-region.ts';
import { UserError } from '../user-error.ts';
import { partitionOf } from './partition-of.ts';
import type { Scope } from './policy.ts';

export interface ScopeOptions {
  readonly region?: string;
  readonly account?: string;
  readonly partition?: string;
}

interface ScopeSources {
  /** What the user says. */
  readonly given: ScopeOptions;
  /** What the name or address of the target says. */
  readonly place: Partial<Pick<Scope, 'account' | 'region'>>;
  readonly options: OptionValues;
  readonly environment: Environment;
}

/** Where the resources of an exporter are: as the user says, else as its settings say, else anywhere. @throws UserError */
export function findScope(
  name: DestinationName,
  { environment, given, options, place }: ScopeSources,
): { readonly scope: Scope; readonly notes: readonly string[] } {
  checkContradiction(name, given, place);
  const region =
    given.region ?? place.region ?? regionOf(options) ?? (environment['AWS_REGION'] || '*');
  const account = given.account ?? place.account ?? '*';
  const partition = given.partition ?? partitionOf(region);
  // No ARN has both: the policy would allow nothing.
  if (!region.includes('*') && partition !== partitionOf(region)) {
    const message = `${name}: the region ${region} is of the partition ${partitionOf(region)}, not of ${partition}`;
    throw new UserError(message, { exitCode: 2 });
  }
  const similar = region === '*' ? undefined : similarRegion(region);
  const notes = [
    ...(region === '*'
      ? [`${name}: no region is known, the policy is for all of ${partition}: give --region.`]
      : []),
    ...(similar === undefined
      ? []
      : [`${name}: ${region} is no region that is known here; ${similar} has a similar name.`]),
    ...(account === '*'
      ? [`${name}: no account is known, the policy is for all: give --account.`]
      : []),
  ];
  return { scope: { account, partition, region }, notes };
}

/** A policy for what is said on both sides would allow neither. @throws UserError */
function checkContradiction(
  name: DestinationName,
  given: ScopeOptions,
  place: ScopeSources['place'],
): void {
  for (const part of ['region', 'account'] as const) {
    const said = given[part];
    const known = place[part];
    if (said === undefined || known === undefined || said === known) continue;
    const message = `${name}: --${part} ${said} contradicts its target, which is in ${known}`;
    throw new UserError(message, { exitCode: 2 });
  }
}

function regionOf({ clientConfig }: OptionValues): string | undefined {
  if (typeof clientConfig !== 'object' || clientConfig === null) return undefined;
  const region: unknown = Reflect.get(clientConfig, 'region');
  return typeof region === 'string' ? region : undefined;
}
