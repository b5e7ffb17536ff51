import { describeError } from '../describe-error.ts';
import { tell } from '../report/tell.ts';
import { installImportHook } from './import-hook.ts';
import type { PackageLoader } from './package-loader.ts';

const PACKAGE = '@opentelemetry/auto-instrumentations-node';

interface AutoInstrumentations<Instrumentation> {
  getNodeAutoInstrumentations(): Instrumentation[];
}

/**
 * The instrumentations of `auto-instrumentations-node` when it is installed, those that
 * `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and `…_DISABLED_…` leave. They patch what is loaded from now on.
 */
export function loadInstrumentations<Instrumentation extends object>(
  packages: PackageLoader,
): Instrumentation[] {
  const auto = packages.load<AutoInstrumentations<Instrumentation>>(PACKAGE);
  const instrumentations = auto?.getNodeAutoInstrumentations() ?? [];
  try {
    installImportHook(packages, instrumentations);
  } catch (error) {
    tell('warn', `What ES modules import is not instrumented: ${describeError(error)}`);
  }
  return instrumentations;
}
