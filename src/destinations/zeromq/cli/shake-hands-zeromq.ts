import type { Publisher, Push } from 'zeromq';
import type { Failure } from '../../../cli/doctor/diagnosis/diagnosis.ts';
import { codeOf } from '../../../code-of.ts';
import type { OptionValues } from '../../../setup/environment/build-options.ts';
import type { CurveOptions, CurveSettings } from '../curve-option.ts';

/**
 * Connects a socket as the exporter has it; answers why the receiver did not take it. It sends nothing.
 *
 * ZeroMQ itself tries again and again without a word; its events tell why.
 */
export async function shakeHandsZeroMq(
  options: OptionValues,
  timeoutMillis: number,
): Promise<Failure | undefined> {
  const { curveSettings } = await import('../curve-option.ts');
  const { importZeroMq } = await import('../import-zeromq.ts');
  const { Publisher, Push } = await importZeroMq();
  const curve: CurveSettings | undefined = curveSettings(
    options['curve'] as CurveOptions | undefined,
    false,
  );
  const settings = { linger: 0, immediate: true, ...curve };
  const socket = options['socketType'] === 'pub' ? new Publisher(settings) : new Push(settings);
  const timer = setTimeout(() => socket.close(), timeoutMillis);
  try {
    const outcome = firstOutcome(socket);
    socket.connect(String(options['endpoint']));
    return await outcome;
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

async function firstOutcome(socket: Push | Publisher): Promise<Failure | undefined> {
  for await (const event of socket.events) {
    if (event.type === 'handshake') return undefined;
    if (event.type === 'handshake:error:protocol') {
      return { code: codeOf(event.error) ?? event.error.name, message: event.error.message };
    }
    if (event.type === 'disconnect' || event.type.startsWith('handshake:error')) {
      return { code: 'HANDSHAKE_CUT', message: 'the receiver ended the handshake' };
    }
  }
  return { code: 'HANDSHAKE_SILENT', message: 'the receiver said nothing' };
}
