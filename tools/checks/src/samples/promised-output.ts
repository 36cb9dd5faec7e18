/** What the README of a sample says that `npm start` prints: its first block of plain text. */
export function promisedOutput(readme: string): string | undefined {
  return /(?<=^```text\n)[^]*?(?=^```$)/m.exec(readme)?.[0];
}
