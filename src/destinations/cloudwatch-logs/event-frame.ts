import type { EntryFrame } from '../../pack/entry-frame.ts';

/** Ends one event and begins the next. */
export const BETWEEN_EVENTS = '"},{';
const BEFORE_TIME = '"timestamp":';
const BEHIND_TIME = ',"message":"';
/** Of a time from September 2001 to November 2286; events of other times have no frame. */
const TIME_DIGITS = 13;
const EARLIEST_MILLIS = 10 ** (TIME_DIGITS - 1);
const LATEST_MILLIS = 10 ** TIME_DIGITS - 1;
/** Names of a usual length; with longer ones the body is put together. */
const ROOM_BYTES = 512;

/** What stands around the message of an event in a call of PutLogEvents. */
export function createEventFrame(): EntryFrame {
  const before = Buffer.from(BEFORE_TIME + '0'.repeat(TIME_DIGITS) + BEHIND_TIME);
  const behind = Buffer.from(BETWEEN_EVENTS);
  let knownMillis = Number.NaN;
  return {
    length: before.length + behind.length,
    beforeLength: before.length,
    behind,
    roomLength: ROOM_BYTES,
    before(timeMillis) {
      if (timeMillis === knownMillis) return before;
      const fits = timeMillis >= EARLIEST_MILLIS && timeMillis <= LATEST_MILLIS;
      if (!fits || !Number.isInteger(timeMillis)) return undefined;
      before.write(String(timeMillis), BEFORE_TIME.length, 'latin1');
      knownMillis = timeMillis;
      return before;
    },
  };
}
