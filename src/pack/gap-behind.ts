/**
 * Free bytes behind an entry of so many bytes, where others come behind it: memory that was read at once has room there
 * for what stands between two of them.
 *
 * For the length of several that lie so one after the other it must answer what it answers for the last one.
 */
export type GapBehind = (length: number) => number;
