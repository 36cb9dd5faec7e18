/** Long-running operations of Azure Resource Manager. */
export interface SeedOperations {
  /**
   * How long one takes on the clock of the emulator, such as `30s` (`s`, `m`, `h`, `d`). Default `0s`: it has
   * ended when a client first asks.
   */
  readonly duration?: string | undefined;
  /** Operations that do not succeed, each once. */
  readonly fail?: readonly SeedOperationFailure[] | undefined;
}

/** How an operation is to end that must not succeed. */
export interface SeedOperationFailure {
  /** Resource type, such as `Microsoft.MachineLearningServices/workspaces`, or resource id. Default: any. */
  readonly resource?: string | undefined;
  /** Default `Failed`. */
  readonly outcome?: 'Failed' | 'Canceled' | undefined;
  /** `error.code`. Default `OperationFailed` or `OperationCanceled`. */
  readonly code?: string | undefined;
  /** `error.message`. Default: one that names the outcome. */
  readonly message?: string | undefined;
}
