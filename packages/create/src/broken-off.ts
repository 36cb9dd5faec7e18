/** Thrown where the person breaks off a question, with Ctrl-C or Escape. */
export class BrokenOff extends Error {
  constructor() {
    super('Nothing was made.');
  }
}
