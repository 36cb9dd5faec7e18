/**
 * Milliseconds of processor time that this process spends on the work, which neither a busy machine nor a slow server
 * changes much.
 */
export async function timeProcessor(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
