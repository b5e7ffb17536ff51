import { createDestinationExporter } from '../../setup/create-destination-exporter.ts';
import { isTrue } from '../../setup/read-variable.ts';
import { type Check, failed, type Subject } from './check.ts';

/** Variables of the AWS SDK that decide where requests go and who signs them. */
const OF_AWS =
  /^AWS_(?:REGION|PROFILE|ENDPOINT_URL\w*|ACCESS_KEY_ID|CONFIG_FILE|SHARED_CREDENTIALS_FILE|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_CREDENTIALS_\w+|USE_\w+_ENDPOINT)$/u;

/** Reads the variables as the application does, and makes an exporter of them. */
export function createConfigurationCheck({ environment, name, settings }: Subject): Check {
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
        return { status: 'ok', detail: namesOf(name, settings.variables, environment), warnings };
      }
      const missing = settings.missing.map((names) => names.join(' or '));
      const code = missing.length > 0 ? 'ERR_MISSING_OPTION' : 'ERR_INVALID_OPTION';
      const message = missing.length > 0 ? missing.join(', ') : created.error.message;
      return { ...failed({ code, message }), detail: created.error.message, warnings };
    },
  };
}

function namesOf(
  exporterName: string,
  variables: readonly string[],
  environment: Subject['environment'],
): string {
  const isAws = exporterName !== 'http' && exporterName !== 'zeromq';
  const ofAws = isAws ? Object.keys(environment).filter((name) => isSet(environment, name)) : [];
  const names = [...variables, ...ofAws.sort()];
  return names.length === 0 ? 'no variables, the defaults' : names.join(', ');
}

function isSet(environment: Subject['environment'], name: string): boolean {
  return OF_AWS.test(name) && environment[name] !== undefined && environment[name] !== '';
}
