import type { EmulatorClientConfig } from '../support/client-config.ts';

/** Asks an emulator something that a rule of the service decides; answers in a few words. */
export type Probe = (config: EmulatorClientConfig) => Promise<string>;

/** The answer to a request: what `tell` makes of it, or the name of the error. */
export async function answerOf<Output>(
  request: Promise<Output>,
  tell: (output: Output) => string = () => ACCEPTED,
): Promise<string> {
  try {
    return tell(await request);
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

export const ACCEPTED = 'accepted';
