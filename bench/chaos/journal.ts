import type { ExporterStats } from '../../src/report/ledger.ts';
import { EXPORTER_NAMES, type ExporterName } from './chaos-exporters.ts';

/** What all app processes together said of one exporter. */
export class ExporterJournal {
  /** When each record was acknowledged, Unix milliseconds, by uid. */
  readonly acked: Map<string, number> = new Map();
  /** Acknowledged since the disk failed, by processes that were killed before all of them were safe. */
  readonly unsafe: Set<string> = new Set();
  /** So many of them were in memory only, as the exporters said. */
  heldInMemory = 0;
  readonly dropped: Map<string, number> = new Map();
  /** Of processes that ended in order, and whose numbers do not add up. */
  readonly wrongStats: ExporterStats[] = [];
}

/** What the app processes have written down, kept by their parent. */
export class Journal {
  /** Records that the apps have logged; each went to every exporter. */
  emitted = 0;
  readonly exporters: Readonly<Record<ExporterName, ExporterJournal>> = {
    firehose: new ExporterJournal(),
    'cloudwatch-logs': new ExporterJournal(),
    sqs: new ExporterJournal(),
    http: new ExporterJournal(),
    zeromq: new ExporterJournal(),
  };
  readonly messages: string[] = [];

  acked(name: ExporterName, uid: string): void {
    this.exporters[name].acked.set(uid, Date.now());
  }

  killedWith(name: ExporterName, unsafeUids: readonly string[], heldInMemory: number): void {
    const exporter = this.exporters[name];
    for (const uid of unsafeUids) exporter.unsafe.add(uid);
    exporter.heldInMemory += heldInMemory;
  }

  dropped(name: ExporterName, reason: string, count: number): void {
    const { dropped } = this.exporters[name];
    dropped.set(reason, (dropped.get(reason) ?? 0) + count);
  }

  stats(name: ExporterName, stats: ExporterStats): void {
    const { delivered, dropped, exported, inFlight, spooled } = stats;
    const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
    if (exported !== delivered + lost + spooled + inFlight)
      this.exporters[name].wrongStats.push(stats);
  }

  tell(message: string): void {
    this.messages.push(message);
  }

  /** Every one of these was acknowledged by every exporter at least so often. */
  leastAcked(names: readonly ExporterName[] = EXPORTER_NAMES): number {
    return Math.min(...names.map((name) => this.exporters[name].acked.size));
  }
}
