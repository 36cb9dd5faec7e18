/** Something that is wrong, and where. */
export interface Finding {
  /** A path from the root of the repository, with a line where there is one, or another name of the place. */
  readonly where: string;
  readonly what: string;
}

/** One program of this tool. */
export interface Check {
  readonly name: string;
  /** What holds when it finds nothing. */
  readonly promise: string;
  /** @param root - the repository, as an absolute path */
  readonly run: (root: string) => Promise<readonly Finding[]>;
}
