import { inject } from 'vitest';
import type { EmulatorName } from './emulator-names.ts';

export interface EmulatorClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What an AWS client needs to speak to an emulator. */
export function clientConfig(emulator: EmulatorName): EmulatorClientConfig {
  return {
    endpoint: inject('emulators')[emulator],
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'emulated' },
  };
}
