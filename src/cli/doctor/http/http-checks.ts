import type { Check, Subject } from '../check.ts';
import { ok } from '../check.ts';
import { clockCheck } from '../clock-check.ts';
import { createNetworkChecks } from '../network/network-checks.ts';
import { createProxyCheck } from '../network/proxy-check.ts';
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
