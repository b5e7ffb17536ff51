/** A kind of line comes once in this time at most, whatever goes on: `diag` often ends in the application's own log. */
export const LINE_INTERVAL_MILLIS = 30_000;
