import type { Environment } from '../../../setup/environment/environment.ts';
import { type Check, ok, skipped } from '../check.ts';
import { proxyVariablesFor } from './proxy-variables.ts';

/** Says that proxy variables are not read, when there are some for this origin. */
export function createProxyCheck(environment: Environment): Check {
  return {
    step: 'proxy',
    run({ origin }) {
      if (origin === undefined) return skipped('no address');
      const proxyVariables = proxyVariablesFor(origin, environment);
      if (proxyVariables.length === 0) return ok('no variable asks for a proxy');
      const detail = `${proxyVariables.join(', ')} set, but not read by the exporter: it connects straight`;
      return { status: 'warning', detail, facts: { proxyVariables } };
    },
  };
}
