/** For destinations: a line to `diag`, on which nothing depends. */
export { tell } from '../report/tell.ts';
