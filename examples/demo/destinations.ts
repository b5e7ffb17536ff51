import { readdirSync } from 'node:fs';
import type { DemoDestination } from './demo-destination.ts';

/** A destination of the demo. */
export interface NamedDestination extends DemoDestination {
  /** As in `OTEL_LOGS_EXPORTER`. */
  readonly name: string;
}

/** All destinations: a file each in `destinations`, of the name of the exporter. */
export const destinations: readonly NamedDestination[] = await Promise.all(
  readdirSync(new URL('destinations/', import.meta.url))
    .toSorted()
    .map(async (file) => {
      const { destination }: { readonly destination: DemoDestination } = await import(
        new URL(`destinations/${file}`, import.meta.url).href
      );
      return { name: file.replace(/\.ts$/u, ''), ...destination };
    }),
);
