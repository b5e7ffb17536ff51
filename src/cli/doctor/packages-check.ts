import { MANIFESTS } from '../../destinations/manifests.ts';
import { type Check, failed, ok, type Subject } from './check.ts';
import { installedVersion } from './installed-package.ts';

const ALWAYS = ['@opentelemetry/api', '@opentelemetry/sdk-logs'];

/** Looks for the packages that load on first use. */
export function createPackagesCheck(
  { name }: Subject,
  versionOf: (packageName: string) => string | undefined = installedVersion,
): Check {
  return {
    step: 'packages',
    run() {
      const needed = MANIFESTS[name].packageName;
      if (needed !== undefined && versionOf(needed) === undefined) {
        return failed({ code: 'ERR_MISSING_PACKAGE', message: `Cannot import \`${needed}\`` });
      }
      const names = needed === undefined ? ALWAYS : [needed, ...ALWAYS];
      return ok(names.map((one) => `${one} ${versionOf(one) ?? 'not found'}`).join(', '));
    },
  };
}
