import { describeError } from '../describe-error.ts';
import { tell } from '../report/tell.ts';
import { installImportHook } from './import-hook.ts';
import type { PackageLoader } from './package-loader.ts';

const PACKAGE = '@opentelemetry/auto-instrumentations-node';

interface AutoInstrumentations<Instrumentation> {
  getNodeAutoInstrumentations(): Instrumentation[];
}

/**
 * The instrumentations of `auto-instrumentations-node` that `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and
 * `…_DISABLED_…` leave; they patch what is loaded from now on. Undefined when it is not installed.
 */
export function loadInstrumentations<Instrumentation extends object>(
  packages: PackageLoader,
): Instrumentation[] | undefined {
  const auto = packages.load<AutoInstrumentations<Instrumentation>>(PACKAGE);
  if (auto === undefined) return undefined;
  const instrumentations = auto.getNodeAutoInstrumentations();
  try {
    installImportHook(packages, instrumentations);
  } catch (error) {
    tell('warn', `What ES modules import is not instrumented: ${describeError(error)}`);
  }
  return instrumentations;
}
