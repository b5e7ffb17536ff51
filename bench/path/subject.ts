/** A way for log records from the application's call to a service, as it is put under load. */
export interface Subject {
  /** Logs record `number` of the load, which says `mark` once. */
  emit(number: number, mark: string): void;
  /** After the warm-up: sends what it holds, where it can do so without ending. */
  flush(): Promise<void>;
  /** After the load: sends what it holds and resolves when that is done, as far as it can tell. */
  end(): Promise<void>;
  /** Records since the warm-up that went through, of a subject that sends nothing to the service. */
  delivered?(): number;
}

export interface SubjectSource {
  /** Packages of `bench/peers` that it needs. Default none. */
  readonly packages?: readonly string[];
  /** Makes a subject that sends to the service at `url`. */
  readonly create: (url: string) => Promise<Subject>;
}
