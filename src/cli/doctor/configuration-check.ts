import { createDestinationExporter } from '../../setup/create-destination-exporter.ts';
import { isTrue } from '../../setup/read-variable.ts';
import { type Check, failed, type Subject } from './check.ts';
import type { DestinationDoctor } from './destination-doctor.ts';

/** Reads the variables as the application does, and makes an exporter of them. */
export function createConfigurationCheck(
  { environment, name, settings }: Subject,
  doctor: DestinationDoctor,
): Check {
  return {
    step: 'configuration',
    async run() {
      const warnings = isTrue(environment, 'OTEL_SDK_DISABLED')
        ? ['OTEL_SDK_DISABLED is true: the application exports no logs at all']
        : [];
      const warn = (message: string): void => {
        warnings.push(message);
      };
      const created = await createDestinationExporter(name, environment, {}, warn);
      if ('exporter' in created) {
        // It has opened nothing yet.
        void created.exporter.shutdown();
        return { status: 'ok', detail: namesOf(doctor, settings.variables, environment), warnings };
      }
      const missing = settings.missing.map((names) => names.join(' or '));
      const code = missing.length > 0 ? 'ERR_MISSING_OPTION' : 'ERR_INVALID_OPTION';
      const message = missing.length > 0 ? missing.join(', ') : created.error.message;
      return { ...failed({ code, message }), detail: created.error.message, warnings };
    },
  };
}

function namesOf(
  { readsVariable = () => false }: DestinationDoctor,
  variables: readonly string[],
  environment: Subject['environment'],
): string {
  const others = Object.keys(environment).filter(
    (name) => readsVariable(name) && Boolean(environment[name]),
  );
  const names = [...variables, ...others.sort()];
  return names.length === 0 ? 'no variables, the defaults' : names.join(', ');
}
