/**
 * Imports a package in the background, so that the first request does not stop the event loop for it: the AWS
 * SDK takes 35–50 ms. Whoever needs the package imports it again and is told what is wrong with it.
 *
 * Not at once: what is set up in the same go, such as instrumentations that watch imports, comes first.
 */
export function importSoon(load: () => Promise<unknown>): void {
  setImmediate(() => load().catch(() => undefined)).unref();
}
