/** A record that is larger is damage: 64 MiB, so that no file of a few KiB fills the memory when it is read. */
export const MAX_RECORD_BYTES = 67_108_864;
