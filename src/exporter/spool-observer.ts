import type { Target } from '../route/target.ts';
import type { DeliveryObserver } from '../send/delivery-observer.ts';
import type { SpoolStage } from './spool-stage.ts';
import type { TrackedEntry } from './tracked-entry.ts';

type Observer = DeliveryObserver<TrackedEntry, Target>;

/** The same observer, whose news the spool hears too: it knows what to wait for and when to load more. */
export function watchForSpool(observer: Observer, spoolOf: () => SpoolStage | undefined): Observer {
  return {
    attempted: (target, entries) => observer.attempted(target, entries),
    retrying(target, entries) {
      observer.retrying(target, entries);
      spoolOf()?.failed(target);
    },
    delivered(target, entries) {
      spoolOf()?.succeeded(target);
      observer.delivered(target, entries);
    },
    unread: (entries) => observer.unread?.(entries),
    dropped(target, entries, reason, error) {
      observer.dropped(target, entries, reason, error);
      if (reason === 'timeout' || reason === 'retry_exhausted') spoolOf()?.ranOut(target);
    },
    finished: (target, durationMillis, error, httpStatusCode) =>
      observer.finished(target, durationMillis, error, httpStatusCode),
    troubled(target, error) {
      observer.troubled(target, error);
      spoolOf()?.troubled(target);
    },
    recovered(target) {
      observer.recovered(target);
      spoolOf()?.feed();
    },
  };
}
