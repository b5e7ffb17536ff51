/** The emulators that speak the protocols of AWS. */
export type EmulatorName = 'moto' | 'ministack' | 'fauxqs';

declare module 'vitest' {
  interface ProvidedContext {
    emulators: Record<EmulatorName, string>;
  }
}
