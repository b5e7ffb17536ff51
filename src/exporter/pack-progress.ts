/** What could be packed is packed. */
export interface PackProgress {
  /**
   * While the next slice is scheduled; what waits for memory or for a resource is not coming: nothing that was packed
   * should wait for it.
   */
  readonly moreIsComing: boolean;
  /** A record has begun to wait for memory. */
  readonly isHeldUp: boolean;
}
