import type { BuiltInDestination } from '../../exporter/built-in-destination.ts';
import { checkOptionsObject, choiceOption, functionOption } from '../../exporter/check-option.ts';
import { compressionOption, createCompressor } from '../../exporter/compress-bytes.ts';
import { reusedMemoryFor } from '../../exporter/reused-memory.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import type { TargetName } from '../../route/target-name.ts';
import { shownOption } from '../../shown-option.ts';
import { VERSION } from '../../version.ts';
import { serverOf } from '../server-of.ts';
import { createAnswerReader } from './answer-reader.ts';
import { createBodyFraming } from './body-framing.ts';
import { compileGroup, createResourceName } from './group-option.ts';
import { headerValueProblem } from './header-rules.ts';
import { compileHeaders, type HeaderSources, targetNameOfHeader } from './headers-option.ts';
import type {
  HttpLogRecordExporterOptions,
  HttpOptions,
} from './http-log-record-exporter-options.ts';
import { createHttpSender, type HttpSenderParts } from './http-sender.ts';
import { LazyDispatcher } from './lazy-dispatcher.ts';
import { RateLimitedWarnings } from './rate-limited-warnings.ts';
import { resolveRetryStatuses } from './retry-statuses-option.ts';
import { sumoLogicHeaders } from './sumo-logic-headers.ts';
import { compileUrl } from './url-option.ts';

/** An HTTP endpoint as a destination. @throws InvalidOptionError */
export function createHttpDestination(options: HttpLogRecordExporterOptions): BuiltInDestination {
  checkOptionsObject(options, '`url`');
  const isSumoLogic = isPreset(options);
  const framing = createBodyFraming(options);
  const dispatcher = new LazyDispatcher(options.dispatcher);
  const headers: readonly HeaderSources[] = [
    { fixed: { 'user-agent': userAgentOf(options) }, byTarget: {}, compute: undefined },
    ...(isSumoLogic ? [sumoLogicHeaders(options.sumo)] : []),
    compileHeaders(options.headers),
  ];
  const memory = reusedMemoryFor(options.maxBufferedBytes);
  return {
    memory,
    name: 'http',
    spoolScope: originOf(options.url),
    ...serverOf(options.url),
    compresses: true,
    limits: framing.limits,
    targetNames: targetNamesOf(options, headers),
    delimiter: framing.delimiter,
    copiesEntries: true,
    readsByName: true,
    readsEntries: framing.isJoined ? 'joined' : undefined,
    send: createHttpSender({
      method: options.method ?? 'POST',
      framing,
      headers,
      compression: compressionOf(options),
      retryStatuses: resolveRetryStatuses(options, { isOtlp: framing.isOtlp }),
      getDispatcher: () => dispatcher.get(),
      hasSent: (body) => dispatcher.hasSent(body),
      buffers: memory,
      readAnswer: createAnswerReader({
        partialAcceptance: functionOption('partialAcceptance', options.partialAcceptance),
        isOtlp: framing.isOtlp,
        isSumoLogic,
        warnings: new RateLimitedWarnings(),
      }),
    }),
    close: () => dispatcher.close(),
  };
}

/** The origin that an address begins with: the credentials of one are not for another. */
function originOf(url: HttpOptions['url']): string {
  const fixed = typeof url === 'string' ? url.replace(/\{.*$/su, '') : '';
  return URL.canParse(fixed) ? new URL(fixed).origin : '';
}

function targetNamesOf(
  options: HttpOptions,
  headers: readonly HeaderSources[],
): Record<string, TargetName> {
  const group = compileGroup(options.groupBy);
  const byHeader = headers
    .flatMap(({ byTarget }) => Object.entries(byTarget))
    .map(([header, value]): [string, TargetName] => [targetNameOfHeader(header), value]);
  return {
    url: compileUrl(options.url),
    ...(group === undefined ? {} : { groupBy: group }),
    ...(typeof options.headers === 'function' ? { resource: createResourceName() } : {}),
    ...Object.fromEntries(byHeader),
  };
}

function isPreset({ preset, sumo }: HttpOptions): boolean {
  if (preset !== undefined) {
    choiceOption('preset', preset, ['sumologic'], 'sumologic');
    return true;
  }
  if (sumo === undefined) return false;
  throw new InvalidOptionError("Expected `preset: 'sumologic'` with `sumo`, got no `preset`");
}

function compressionOf(options: HttpLogRecordExporterOptions): HttpSenderParts['compression'] {
  const name = compressionOption(options.compression);
  if (name === 'none') return undefined;
  if (options.method === 'GET') {
    throw new InvalidOptionError(
      `Expected no \`compression\` with \`method: 'GET'\`, which has no body, got '${name}'`,
    );
  }
  return { name, compress: createCompressor(name) };
}

function userAgentOf({ userAgent }: HttpOptions): string {
  const product = `collectorless/${VERSION}`;
  if (userAgent === undefined) return product;
  const problem = userAgent === '' ? 'be a non-empty text' : headerValueProblem(userAgent);
  if (problem === undefined) return `${userAgent} ${product}`;
  throw new InvalidOptionError(
    `Expected \`userAgent\` to ${problem}, got ${shownOption(userAgent)}`,
  );
}
