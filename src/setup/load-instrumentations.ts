import { describeError } from '../describe-error.ts';
import { tell } from '../report/tell.ts';
import { AUTO_INSTRUMENTATIONS } from './find-sdk.ts';
import { installImportHook } from './import-hook.ts';
import type { PackageLoader } from './package-loader.ts';

interface AutoInstrumentations<Instrumentation> {
  getNodeAutoInstrumentations(): Instrumentation[];
}

/**
 * The instrumentations of `auto-instrumentations-node` that `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and
 * `…_DISABLED_…` leave; they patch what is loaded from now on.
 */
export function loadInstrumentations<Instrumentation extends object>(
  packages: PackageLoader,
): Instrumentation[] {
  const auto = packages.load<AutoInstrumentations<Instrumentation>>(AUTO_INSTRUMENTATIONS);
  const instrumentations = auto?.getNodeAutoInstrumentations() ?? [];
  try {
    installImportHook(packages, instrumentations);
  } catch (error) {
    tell('warn', `What ES modules import is not instrumented: ${describeError(error)}`);
  }
  return instrumentations;
}
