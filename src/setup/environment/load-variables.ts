import { type DestinationName, MANIFESTS } from '../../destinations/manifests.ts';
import type { DestinationManifest } from '../../manifest/destination-manifest.ts';
import { type ListedVariables, listVariables } from '../../manifest/list-variables.ts';

/** The variables of a destination. */
export interface DestinationVariables
  extends ListedVariables,
    Pick<DestinationManifest, 'alternatives' | 'prefix'> {
  /** What a variable that is meant for it begins with, though it may be none. */
  readonly stem: string;
}

/** Imports the variables of a destination. */
export async function loadVariables(name: DestinationName): Promise<DestinationVariables> {
  const { alternatives, loadTable, prefix, stem = prefix } = MANIFESTS[name];
  return { alternatives, prefix, stem, ...listVariables(await loadTable(), prefix) };
}
