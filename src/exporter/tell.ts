/** For destinations: a line to `diag`, on which nothing depends, and how often a kind of line may come. */
export { LINE_INTERVAL_MILLIS } from '../report/line-interval.ts';
export { tell } from '../report/tell.ts';
