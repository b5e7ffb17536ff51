import type { Check, Subject } from '../../../cli/doctor/check.ts';
import { ok } from '../../../cli/doctor/check.ts';
import { clockCheck } from '../../../cli/doctor/clock-check.ts';
import { createNetworkChecks } from '../../../cli/doctor/network/network-checks.ts';
import { createProxyCheck } from '../../../cli/doctor/network/proxy-check.ts';
import { createHttpRecordCheck } from './http-record-check.ts';

/** The way to the address, then the record. */
export function createHttpChecks(subject: Subject): readonly Check[] {
  return [
    {
      step: 'endpoint',
      run() {
        const origin = originOf(subject.settings.options['url']);
        // The path may be a secret: whoever knows it may write.
        return ok(`${origin}, its path is not shown`, { origin });
      },
    },
    createProxyCheck(subject.environment),
    ...createNetworkChecks(subject.timeoutMillis),
    createHttpRecordCheck(subject),
    clockCheck,
  ];
}

/** The host of a template is fixed text. */
function originOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : undefined;
}
